; Setup program for Windows: installs for one person without asking for an administrator.
; build.py gives VERSION, FOLDER (the frozen program) and TARGET (the setup.exe to write).
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"

!define NAME "绩效目标管理"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\kpiapp"

Name "${NAME} ${VERSION}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\kpiapp"
InstallDirRegKey HKCU "Software\kpiapp" "folder"

!define MUI_FINISHPAGE_RUN "$INSTDIR\kpiapp.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Section
    RMDir /r "$INSTDIR\_internal" ; an older version's libraries must not stay beside the new ones
    SetOutPath "$INSTDIR"
    File /r "${FOLDER}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\kpiapp.exe"
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\kpiapp.exe"

    WriteRegStr HKCU "Software\kpiapp" "folder" "$INSTDIR"
    WriteRegStr HKCU "Software\Classes\.kpi" "" "kpiapp.file"
    WriteRegStr HKCU "Software\Classes\kpiapp.file" "" "绩效目标库"
    WriteRegStr HKCU "Software\Classes\kpiapp.file\DefaultIcon" "" "$INSTDIR\kpiapp.exe,0"
    WriteRegStr HKCU "Software\Classes\kpiapp.file\shell\open\command" "" '"$INSTDIR\kpiapp.exe" --library "%1"'
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\kpiapp.exe"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall" ; only what setup wrote: libraries (.kpi) lie elsewhere and stay
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\kpiapp.exe"
    Delete "$INSTDIR\kpiapp-cli.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    DeleteRegKey HKCU "Software\kpiapp"
    DeleteRegKey HKCU "Software\Classes\.kpi"
    DeleteRegKey HKCU "Software\Classes\kpiapp.file"
    DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
