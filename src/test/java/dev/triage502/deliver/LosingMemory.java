package dev.triage502.deliver;

import com.google.gson.JsonObject;

/** Does not keep one of what it is given: the process has died, or another was quicker. */
final class LosingMemory implements ChannelMemory {

    private final ChannelMemory kept;
    private final int lost;
    private int writes;

    /** @param lost which write is lost, from 1 */
    LosingMemory(ChannelMemory kept, int lost) {
        this.kept = kept;
        this.lost = lost;
    }

    @Override
    public Note read() {
        return kept.read();
    }

    @Override
    public boolean write(Note seen, JsonObject json) {
        writes++;
        return writes != lost && kept.write(seen, json);
    }
}
