package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Removes Jackson, and the converters of Vert.x's options, which only toString asked for: nothing here writes JSON. A
 * JsonObject that is encoded on purpose is written as ever, and brings them back.
 * Saved 57,459 bytes of code and 58 classes.
 */
final class WithoutJson {

    private WithoutJson() {
    }

    @TargetClass(JsonObject.class)
    static final class JsonObjects {

        @Alias
        private Map<String, Object> map;

        @Substitute
        @Override
        public String toString() {
            return String.valueOf(map);
        }
    }

    @TargetClass(JsonArray.class)
    static final class JsonArrays {

        @Alias
        private List<Object> list;

        @Substitute
        @Override
        public String toString() {
            return String.valueOf(list);
        }
    }

    @TargetClass(VertxOptions.class)
    static final class Options {

        @Substitute
        @Override
        public String toString() {
            return "VertxOptions";
        }
    }

    @TargetClass(Http2Settings.class)
    static final class Settings {

        @Substitute
        @Override
        public String toString() {
            return "Http2Settings";
        }
    }
}
