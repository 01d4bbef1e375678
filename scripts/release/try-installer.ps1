# Installs a version before, updates it while it runs, sees that the way back is refused, and removes it, on a real Windows.
param([Parameter(Mandatory)] [string] $Previous)
$ErrorActionPreference = 'Stop'
$msi = (Get-ChildItem out/package/*.msi).FullName
$previous = (Get-Item $Previous).FullName
$folder = Join-Path $env:ProgramFiles 'Traffic Desk'
$exe = Join-Path $folder 'Traffic Desk.exe'

function Invoke-Installer([string[]] $Arguments, [int[]] $Expected) {
  $ended = (Start-Process msiexec -ArgumentList $Arguments -Wait -PassThru).ExitCode
  if ($ended -notin $Expected) { throw "msiexec $Arguments ended with $ended" }
}
function Assert-True([bool] $Is, [string] $What) { if (-not $Is) { throw "not so: $What" } }

Invoke-Installer @('/i', "`"$previous`"", '/qn') @(0)
Assert-True (Test-Path $exe) 'the program is there'
Assert-True (Test-Path 'HKLM:\Software\Classes\trafficdesk') 'links are registered'

$running = Start-Process $exe -PassThru
while (-not (Get-Process 'Traffic Desk' -ErrorAction SilentlyContinue)) { Start-Sleep -Milliseconds 200 }
Invoke-Installer @('/i', "`"$msi`"", '/qn', '/l*v', 'install.log') @(0, 3010)
Assert-True (Test-Path (Join-Path $folder 'icudtl.dat')) 'no file was lost'
$installed = (Get-ItemProperty 'HKLM:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*' | Where-Object DisplayName -eq 'Traffic Desk').DisplayVersion
$wanted = node -p "require('./package.json').version"
Assert-True ($installed -eq $wanted) "version $wanted is installed, and not $installed"
Stop-Process $running.Id -Force -ErrorAction SilentlyContinue
Get-Process 'Traffic Desk' -ErrorAction SilentlyContinue | Stop-Process -Force

Invoke-Installer @('/i', "`"$previous`"", '/qn') @(1603)
Invoke-Installer @('/x', "`"$msi`"", '/qn') @(0, 3010)
Assert-True (-not (Test-Path $exe)) 'the program is gone'
foreach ($class in 'trafficdesk', '.tdsetup', 'TrafficDesk.Setup') {
  Assert-True (-not (Test-Path "HKLM:\Software\Classes\$class")) "$class is gone"
}
