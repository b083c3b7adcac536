@echo off
rem Runs triage502 with the Java that comes with it.
"%~dp0..\runtime\bin\java.exe" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "%~dp0..\lib\*" dev.triage502.cli.Main %*
exit /b %ERRORLEVEL%
