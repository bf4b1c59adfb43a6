@echo off
rem Captions pictures: cutline --help
rem Builds Cutline on first use. JAVA_OPTS is added to the arguments of Java. CUTLINE_CLASSPATH names jars with providers
rem of one's own, separated by semicolons.
rem Batch files cannot tell a pipe from a file: who stops reading a pipe is told that output was lost, unlike elsewhere.
setlocal
set "HERE=%~dp0"
set "JAR=%HERE%examples\cli\target\cutline-cli.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo cutline: needs Java 17 or later: install it, or set JAVA_HOME 1>&2
  exit /b 2
)
if not exist "%JAR%" (
  echo Building Cutline ^(first run only^); this takes a minute or two, and longer where much has to be downloaded... 1>&2
  rem Of what Maven says, which module and step it is at and what goes wrong: it works for minutes.
  call "%HERE%mvnw.cmd" -B -ntp -f "%HERE%pom.xml" -pl examples/cli -am package -Dmaven.test.skip=true -Dcyclonedx.skip=true "-Dorg.slf4j.simpleLogger.defaultLogLevel=error" "-Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.event.ExecutionEventLogger=info" 1>&2
  if errorlevel 1 (
    echo cutline: the build failed; it needs a JDK 17 or later, and the network on first use 1>&2
    exit /b 2
  )
)
set "CLASSES=%JAR%"
if defined CUTLINE_CLASSPATH set "CLASSES=%JAR%;%CUTLINE_CLASSPATH%"
set "CUTLINE_CLASSPATH="
"%JAVA%" -Xmx1g -XX:+UseSerialGC -Djdk.console=java.base %JAVA_OPTS% -cp "%CLASSES%" dev.cutline.cli.Main %*
exit /b %ERRORLEVEL%
