package io.upstep.standalone;

import java.util.ArrayList;
import java.util.List;

/** Which Django migrations a version of Polyaxon has, as far as anybody looks for them. */
final class PolyaxonMigrations {
    private PolyaxonMigrations() {}

    /** App and name of each, in order. */
    static List<String[]> of(String version) {
        List<String[]> all = new ArrayList<>();
        boolean second = version.startsWith("2.");
        String app = version.startsWith("1.") ? "coredb" : "db";
        add(all, app, "0001_initial");
        if (version.startsWith("0.")) {
            add(all, app, "0020_auto_20190307_1611");
            if (!version.startsWith("0.4.")) {
                add(all, app, "0021_auto_20190418_1600_v05", "0023_auto_20190530_1125");
            }
        }
        if (second || version.equals("1.20.0")) {
            add(all, app, "0009_project_unique_name", "0010_auto_20210429_1539");
            add(all, app, "0012_alter_artifact_updated_at_and_more");
        }
        if (second) {
            add(all, app, "0013_major_upgrade", "0014_remove_run_is_managed_and_more");
        }
        return all;
    }

    private static void add(List<String[]> all, String app, String... names) {
        for (String name : names) {
            all.add(new String[] {app, name});
        }
    }
}
