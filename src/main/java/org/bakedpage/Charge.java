package org.bakedpage;

import java.nio.channels.SocketChannel;

/** What one connection makes this process and the kernel hold, in bytes, as the budget is charged for it. Used by its event loop only. */
final class Charge {

    private final Budget budget;
    private final SocketChannel socket;
    /** What the kernel may hold of the answers: what it said when it was asked, and what it was given since. */
    private int untaken;
    /** Of that, what the kernel said. */
    private int asked;
    private boolean taken;
    private int heap;
    private int kernel;

    Charge(Budget budget, SocketChannel socket) {
        this.budget = budget;
        this.socket = socket;
    }

    /** SECURITY: what the kernel has taken is not what its client has: until it is known better it is held. */
    void sent(long bytes) {
        untaken = (int) Math.min(untaken + bytes, Budget.SOCKET_BUFFER_BYTES);
    }

    boolean isUntaken() {
        return untaken > 0;
    }

    /** Whether so much may be held by the kernel that it counts. */
    boolean isMuchUntaken() {
        return untaken >= Budget.UNTAKEN_STEP_BYTES;
    }

    /** Asks the kernel how much of the answers it holds. */
    void askForUntaken() {
        asked = Math.min(Sockets.untaken(socket), Budget.SOCKET_BUFFER_BYTES);
        taken |= asked < untaken;
        untaken = asked;
    }

    /** Whether the client has taken something, by what the kernel said since this was asked before. */
    boolean hasTakenMore() {
        boolean more = taken;
        taken = false;
        return more;
    }

    /**
     * @param heapNow what this process holds
     * @param stalled whether the kernel may hold all that it can
     * @return whether more is held than before
     */
    boolean update(int heapNow, boolean stalled) {
        return change(heapNow, kernelNow(stalled));
    }

    /** @return whether the kernel holds less than was thought, which is charged no longer */
    boolean lower(boolean stalled) {
        int before = untaken;
        int kernelBefore = kernel;
        askForUntaken();
        // To charge more might close another connection.
        untaken = Math.min(before, untaken);
        asked = untaken;
        change(heap, Math.min(kernel, kernelNow(stalled)));
        return kernel < kernelBefore;
    }

    private int kernelNow(boolean stalled) {
        // In steps what was sent since, or each answer would change what all event loops count together.
        int counted = Math.max(asked, untaken / Budget.UNTAKEN_STEP_BYTES * Budget.UNTAKEN_STEP_BYTES);
        return Budget.SOCKET_BYTES + (stalled ? Budget.SOCKET_BUFFER_BYTES : counted);
    }

    private boolean change(int heapNow, int kernelNow) {
        int more = heapNow - heap;
        int moreOfKernel = kernelNow - kernel;
        if (more != 0 || moreOfKernel != 0) {
            heap = heapNow;
            kernel = kernelNow;
            budget.charge(more, moreOfKernel);
        }
        return more > 0 || moreOfKernel > 0;
    }

    /** Whether something is held of what its client has sent, or is to be sent to it. */
    boolean hasContent() {
        return heap > Budget.CONNECTION_BYTES;
    }

    /** Of both. */
    long total() {
        return heap + kernel;
    }

    /** It is closed. */
    void end() {
        change(0, 0);
    }
}
