@echo off
rem Runs triage502 from this checkout. Builds first when nothing is built yet; after changes: mvnw.cmd package.
setlocal
set "APP=%~dp0target\azure-functions\triage502"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo triage502: found no java. Install a JDK 17 or newer and set JAVA_HOME to its folder. 1>&2
  exit /b 1
)

if not exist "%APP%\triage502.jar" (
  echo triage502: building ^(first run downloads dependencies, about a minute or two^)... 1>&2
  pushd "%~dp0"
  call mvnw.cmd -q -B -Dmaven.test.skip=true -Djacoco.skip=true -Dcyclonedx.skip=true package 1>&2
  if errorlevel 1 (
    popd
    echo triage502: the build failed, see above. 1>&2
    exit /b 1
  )
  popd
)

"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "%APP%\triage502.jar;%APP%\lib\*;%~dp0target\cli-lib\*" dev.triage502.cli.Main %*
exit /b %ERRORLEVEL%
