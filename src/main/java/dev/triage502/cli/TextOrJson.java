package dev.triage502.cli;

/** For people, or for programs. */
enum TextOrJson {
    TEXT,
    JSON
}
