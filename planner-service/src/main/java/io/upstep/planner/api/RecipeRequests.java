package io.upstep.planner.api;

import io.upstep.planner.recipe.RecipeFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the files that clients send to have them looked at. */
final class RecipeRequests {
    private static final int FILES = 200;
    private static final int PATH = 200;
    private static final int CONTENT = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*/(configuration/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private RecipeRequests() {}

    static List<RecipeFile> read(byte[] body) {
        JsonBody json = JsonBody.parse(body).only("files");
        List<RecipeFile> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonBody file : json.optionalObjects("files", FILES)) {
            String path = file.only("path", "content").text("path", PATH);
            String content = file.text("content", CONTENT);
            if (!path.isEmpty() && !NAME.matcher(path).matches()) {
                file.wrong(
                        "path",
                        "<platform>/<file>.yaml, or <platform>/configuration/<file>",
                        "'" + path + "'",
                        "Correct it.");
            } else if (!path.isEmpty() && !seen.add(path)) {
                file.wrong("path", "each path once", "'" + path + "' again", "Leave one of them out.");
            }
            files.add(new RecipeFile(path, content, RecipeFile.Origin.USER));
        }
        if (files.isEmpty()) {
            json.wrong(
                    "files",
                    "a list of 1 to " + FILES + " files",
                    "none",
                    "Give {\"files\": [{\"path\": ..., \"content\": ...}]}.");
        }
        json.finish();
        return files;
    }
}
