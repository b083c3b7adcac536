@echo off
rem Runs triage502 from this checkout. Builds first when nothing is built yet or a source is newer than the build.
setlocal DisableDelayedExpansion
set "HOME502=%~dp0"
set "APP=%HOME502%target\azure-functions\triage502"
set "STAMP=%HOME502%target\triage502.built"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

rem The third word of 'openjdk version "17.0.15" 2025-04-15', up to its first dot.
if not exist "%HOME502%target" mkdir "%HOME502%target"
set "SAID=%HOME502%target\java-version.txt"
"%JAVA%" -version >"%SAID%" 2>&1
set "VERSION="
for /f "usebackq tokens=2,3" %%u in ("%SAID%") do if "%%u" == "version" if not defined VERSION set "VERSION=%%~v"
set "MAJOR="
for /f "delims=.-+ tokens=1" %%v in ("%VERSION%") do set "MAJOR=%%v"
if not defined MAJOR (
  echo triage502: found no java. Install a JDK 17 or newer and set JAVA_HOME to its folder. 1>&2
  exit /b 1
)
if %MAJOR% LSS 17 (
  echo triage502: java is version %VERSION%. Version 17 or newer is needed: set JAVA_HOME to a JDK 17. 1>&2
  exit /b 1
)

if not exist "%APP%\triage502.jar" goto build
if not exist "%STAMP%" goto build
powershell -NoProfile -NonInteractive -Command "$built = (Get-Item -LiteralPath $env:STAMP).LastWriteTime; $from = @('src\main', 'pom.xml', 'host.json') | ForEach-Object { Join-Path $env:HOME502 $_ }; if (Get-ChildItem -LiteralPath $from -Recurse -File | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 goto build

:run
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "%APP%\triage502.jar;%APP%\lib\*;%HOME502%target\cli-lib\*" dev.triage502.cli.Main %*
exit /b %ERRORLEVEL%

:build
echo triage502: building ^(the first time it downloads libraries: a minute or two^) 1>&2
type nul > "%STAMP%.begun"
pushd "%HOME502%"
call mvnw.cmd -q -B -Dmaven.test.skip=true -Dcyclonedx.skip=true package 1>&2
if errorlevel 1 (
  popd
  echo triage502: the build failed, see above. 1>&2
  exit /b 1
)
popd
move /y "%STAMP%.begun" "%STAMP%" >nul
goto run
