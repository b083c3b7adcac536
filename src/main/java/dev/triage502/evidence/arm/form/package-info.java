/**
 * What form does a document of Azure's have? One class for each form: what az, PowerShell and the portal
 * print, what a storage account and an event hub keep, templates, Terraform. Each recognises its form by content and
 * gives what it holds as the documents that the readers know. Knows no files.
 */
@NullMarked
package dev.triage502.evidence.arm.form;

import org.jspecify.annotations.NullMarked;
