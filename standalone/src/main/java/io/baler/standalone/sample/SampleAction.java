package io.baler.standalone.sample;

/** What people do in a wiki, how often, and where the log says it was done. */
enum SampleAction {
    PAGE_VIEW(460, "/_api/v3/page?pageId=%s", Target.PAGE, false),
    SEARCH_PAGE(90, "/_api/search?limit=20", Target.NONE, false),
    PAGE_UPDATE(90, "/_api/v3/page", Target.PAGE, true),
    ATTACHMENT_DOWNLOAD(60, "/download/%s", Target.PAGE, true),
    PAGE_CREATE(45, "/_api/v3/page", Target.PAGE, true),
    USER_LOGIN_WITH_LOCAL(40, "/login", Target.USER, false),
    COMMENT_CREATE(35, "/_api/comments.add", Target.PAGE, true),
    ATTACHMENT_ADD(30, "/_api/v3/attachment", Target.PAGE, true),
    PAGE_LIKE(25, "/_api/v3/page/likes", Target.PAGE, false),
    USER_LOGOUT(20, "/_api/v3/logout", Target.USER, false),
    PAGE_BOOKMARK(15, "/_api/v3/bookmarks", Target.PAGE, false),
    PAGE_SUBSCRIBE(15, "/_api/v3/page/subscribe", Target.PAGE, false),
    TAG_UPDATE(15, "/_api/tags.update", Target.PAGE, true),
    PAGE_RENAME(12, "/_api/v3/pages/rename", Target.PAGE, false),
    COMMENT_UPDATE(10, "/_api/comments.update", Target.PAGE, true),
    PAGE_DELETE(10, "/_api/v3/pages/delete", Target.PAGE, false),
    USER_LOGIN_FAILURE(10, "/login", Target.NONE, false),
    PAGE_DUPLICATE(8, "/_api/v3/pages/duplicate", Target.PAGE, false),
    SHARE_LINK_CREATE(6, "/_api/v3/share-links", Target.PAGE, true),
    PAGE_REVERT(4, "/_api/v3/pages/revert", Target.PAGE, false);

    enum Target {
        PAGE,
        USER,
        NONE
    }

    final int weight;
    final String endpoint;
    final Target target;
    /** Whether the log also names the thing that came of it: a revision, a comment, an attachment. */
    final boolean hasEvent;

    SampleAction(int weight, String endpoint, Target target, boolean hasEvent) {
        this.weight = weight;
        this.endpoint = endpoint;
        this.target = target;
        this.hasEvent = hasEvent;
    }

    /** The model of what came of it. */
    String eventModel() {
        var name = name();
        return name.startsWith("COMMENT") ? "Comment" : name.startsWith("ATTACHMENT") ? "Attachment" : "Page";
    }
}
