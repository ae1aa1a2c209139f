; Windows associates files by their ending but never folders: these verbs put "Open with Zarrscope" into the menu of
; every folder and of the empty space inside one, and offer Zarrscope for zarr.json under "Open with". Everything that
; is written here is removed by the uninstaller.

!macro zarrscopeVerb KEY ARGUMENT
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Zarrscope" "" "Open with ${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Zarrscope" "Icon" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Zarrscope\command" "" '"$appExe" "${ARGUMENT}"'
!macroend

!macro customInstall
  !insertmacro zarrscopeVerb "Directory" "%1"
  !insertmacro zarrscopeVerb "Directory\Background" "%V"
  ; A document type of our own for zarr.json, offered but never the default for .json.
  WriteRegStr SHELL_CONTEXT "Software\Classes\Zarrscope.Metadata" "" "Zarr v3 metadata"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Zarrscope.Metadata\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Zarrscope.Metadata\shell\open\command" "" '"$appExe" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Zarrscope.Metadata" ""
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Zarrscope"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\Background\shell\Zarrscope"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Zarrscope.Metadata"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Zarrscope.Metadata"
!macroend
