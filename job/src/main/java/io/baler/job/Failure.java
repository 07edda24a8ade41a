package io.baler.job;

/** Why a job failed: a code for programs, and words for people that say what happened to the data. */
public record Failure(String code, String message) {}
