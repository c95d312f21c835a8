package org.bakedpage.bake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One root of a site, walked with its links. SECURITY: no link leads out of it, or to what is left out. */
final class SiteRoot {

    /** Linked folders that link to each other have as many paths as there are orders of them. */
    static final int MAX_LINKED = 100_000;

    private static final int MAX_ARCHIVED_BYTES = 1 << 30;

    private final Path root;
    private final boolean archive;
    private final List<SiteFile> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** Still to be walked; not by recursion, for which folders may be too deep. */
    private final Deque<Folder> folders = new ArrayDeque<>();
    private int linked;

    /**
     * @param real without links on the way to it
     * @param path with a slash at its end
     * @param above in which it was found; null for the root
     * @param linked whether a link led to it, or to one above it
     */
    private record Folder(Path real, String path, Folder above, boolean linked) {

        boolean isIn(Path other) {
            Folder folder = this;
            while (folder != null && !folder.real.equals(other)) {
                folder = folder.above;
            }
            return folder != null;
        }
    }

    /** @param root may be a link itself */
    SiteRoot(Path root) {
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw SiteFile.cannotRead(root.toString(), e);
        }
        archive = root.getFileSystem() != FileSystems.getDefault();
        folders.add(new Folder(this.root, "/", null, false));
        while (!folders.isEmpty()) {
            walk(folders.remove());
        }
    }

    List<SiteFile> files() {
        return files;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    private void walk(Folder folder) {
        String path = folder.path;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.real)) {
            for (Path entry : entries) {
                if (folder.linked && ++linked > MAX_LINKED) {
                    throw new IllegalArgumentException(path + ": more than " + MAX_LINKED + " files by way of linked folders: "
                            + "do links lead from one to the other?");
                }
                add(entry, path + FileName.of(entry), folder);
            }
        } catch (IOException e) {
            throw SiteFile.cannotRead(path, e);
        } catch (DirectoryIteratorException e) {
            throw SiteFile.cannotRead(path, e.getCause());
        }
    }

    private void add(Path entry, String path, Folder folder) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            addLinked(entry, path, folder);
        } else {
            add(entry, path, attributes, folder, folder.linked);
        }
    }

    private void addLinked(Path link, String path, Folder folder) throws IOException {
        Path target;
        try {
            target = link.toRealPath();
        } catch (NoSuchFileException e) {
            leaveOut(path, "a link that leads nowhere");
            return;
        } catch (AccessDeniedException e) {
            throw SiteFile.cannotRead(path, e);
        } catch (FileSystemException e) {
            // ELOOP has no exception of its own.
            leaveOut(path, "a link that cannot be followed: " + e.getReason());
            return;
        }
        if (!target.startsWith(root)) {
            leaveOut(path, "a link that leaves the folder");
            return;
        }
        BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
        String reason = LeaveOut.reason(names(target), attributes.isDirectory());
        if (reason != null) {
            leaveOut(path, "a link to " + reason);
        } else if (folder.isIn(target)) {
            leaveOut(path, "a link to a folder that it is in");
        } else {
            add(target, path, attributes, folder, true);
        }
    }

    private List<String> names(Path target) {
        List<String> names = new ArrayList<>();
        for (Path part = target; !part.equals(root); part = part.getParent()) {
            names.add(0, FileName.of(part));
        }
        return names;
    }

    /** @param file without links on the way to it */
    private void add(Path file, String path, BasicFileAttributes attributes, Folder folder, boolean isLinked) throws IOException {
        String reason = LeaveOut.reason(path.substring(path.lastIndexOf('/') + 1), attributes.isDirectory());
        if (reason != null) {
            leaveOut(attributes.isDirectory() ? path + "/" : path, reason);
        } else if (attributes.isDirectory()) {
            folders.add(new Folder(file, path + "/", folder, isLinked));
        } else if (!attributes.isRegularFile()) {
            // SECURITY: to read a named pipe or a device may never end.
            leaveOut(path, "neither a file nor a folder");
        } else {
            files.add(archive ? archived(file, path, attributes.size()) : SiteFile.inFolder(path, attributes, file));
        }
    }

    private static SiteFile archived(Path file, String path, long length) throws IOException {
        if (length > MAX_ARCHIVED_BYTES) {
            throw new IllegalArgumentException(path + ": has " + length + " bytes in an archive: 1 GiB is the most");
        }
        return SiteFile.inArchive(path, Files.readAllBytes(file));
    }

    private void leaveOut(String path, String reason) {
        leftOut.add(new LeftOut(FileName.printable(path), reason));
    }
}
