package dev.triage502.evidence;

public record Evidence() {}
