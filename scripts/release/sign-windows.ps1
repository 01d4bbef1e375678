# Signs files with the certificate in CERTIFICATE (a PFX as Base64) and PASSWORD, with a time stamp, so that they stay valid when it ends.
param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string[]] $Include)
$ErrorActionPreference = 'Stop'
$pfx = Join-Path $env:RUNNER_TEMP 'certificate.pfx'
[IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CERTIFICATE))
try {
  $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
  $files = Get-ChildItem $Folder -Recurse -Include $Include | ForEach-Object FullName
  if (-not $files) { throw "nothing to sign in $Folder" }
  & $signtool.FullName sign /fd sha256 /td sha256 /tr http://timestamp.digicert.com /f $pfx /p $env:PASSWORD $files
  if ($LASTEXITCODE -ne 0) { throw "signtool ended with $LASTEXITCODE" }
  & $signtool.FullName verify /pa /all $files
  if ($LASTEXITCODE -ne 0) { throw "a signature does not hold" }
} finally {
  Remove-Item $pfx
}
