package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;

/**
 * Netty puts an array in place of the set in which the JDK's selector collects what is ready, and gets at that by
 * reflection. Here it is a plain assignment.
 * Saved 7,636 bytes of code.
 */
final class SelectedKeys {

    private SelectedKeys() {
    }

    /** The action that does it; told from its neighbours by what it captures. */
    @TargetClass(className = "io.netty.channel.nio.NioEventLoop$4")
    static final class Replacement {

        @Alias
        private Selector val$unwrappedSelector;

        @Alias
        private NettySet val$selectedKeySet;

        @Substitute
        @SuppressWarnings("unchecked")
        public Object run() {
            JdkSelector selector = (JdkSelector) (Object) val$unwrappedSelector;
            Set<SelectionKey> keys = (Set<SelectionKey>) (Object) val$selectedKeySet;
            selector.selectedKeys = keys;
            selector.publicSelectedKeys = keys;
            return null;
        }
    }

    @TargetClass(className = "io.netty.channel.nio.SelectedSelectionKeySet")
    static final class NettySet {
    }

    @TargetClass(className = "sun.nio.ch.SelectorImpl")
    static final class JdkSelector {

        @Alias
        Set<SelectionKey> selectedKeys;

        @Alias
        Set<SelectionKey> publicSelectedKeys;
    }
}
