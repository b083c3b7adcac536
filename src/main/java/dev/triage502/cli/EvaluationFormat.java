package dev.triage502.cli;

/** In which form a measurement is printed. */
enum EvaluationFormat {
    TEXT,
    JSON,
    MARKDOWN
}
