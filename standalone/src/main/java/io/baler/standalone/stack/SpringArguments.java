package io.baler.standalone.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The services' own settings and the user's, of which the user's win. */
final class SpringArguments {

    private final Map<String, String> own = new LinkedHashMap<>();
    private final List<String> users;

    SpringArguments(List<String> users) {
        this.users = users;
    }

    SpringArguments with(String name, Object value) {
        own.put(name, value.toString());
        return this;
    }

    /** Spring joins the values of an argument that is given twice, so one that the user gives is left out of ours. */
    String[] toArray() {
        var given = users.stream().map(SpringArguments::name).collect(Collectors.toSet());
        var all = new ArrayList<String>();
        own.forEach((name, value) -> {
            if (!given.contains(name)) {
                all.add("--" + name + "=" + value);
            }
        });
        all.addAll(users);
        return all.toArray(String[]::new);
    }

    private static String name(String argument) {
        var equals = argument.indexOf('=');
        return argument.substring("--".length(), equals < 0 ? argument.length() : equals);
    }
}
