/**
 * Members of the UI that are its own affair: no part of a page's, the core's, Lit's or the platform's interface, and never reached by a
 * computed name. The build gives each a short name, the same in every file. A name that is missing here only costs bytes.
 */
export const uiNames = `
  abandon action alerts api attempt attemptScreen both busy checkboxFrame choice choose completeEvent completeScreen connection
  currentScreen emailCode engaged environment factor factors failedScreen fieldNames fields finish flow
  focusStep follow footer forgot hiddenUsername hidePassword hint hintKind identifiers links logo missingField modal
  note notice noteSentCode onClick optional otherCardLink others pageFields part passwordField phase prepare preview
  rank resend resendCode retry second sent setState settings showPassword signUpLink signUpText signedIn stage startAgain
  submitFactor submitStart subtitle success temporary textsOf tryAgainIn typed typedPassword unsupported unsupportedScreen view wait waiting isNewDevice isTextCode
  back useAnotherMethod
  adopt autofill awaitFile isOnDevice leaveArrival askForOtherCard routeUrl offerPasskeys otherCardUrl problem proceed refresh
  stopAttending takeTicket usePasskey useTicket whileShown
  enter fetchSteps isCombined readArrival wantsSignUp methodOf nameOf proveOnDevice readyScreen steps
  advance continueWith going isOnly lastUsed otherCard providerParams otherProps redirectTarget
  applyState begin changesWhileTyping checkValue describedBy draft drawControl drawFrame drawNative
  drop edited failure fetchFile fieldKind findControl finished forget formId hasControl inputType isEdit isLast isOpen isSame isUnsaved needsFile needsSaving notSaved notShown
  paused problemWith readText refuse report saveTogether storedText succeed tell texts toPatch toText toValue tooLarge writeDefault
  writeText
  look
`
  .trim()
  .split(/\s+/);

/** For esbuild. */
export const shortNames = {
  mangleProps: new RegExp(`^(${uiNames.join('|')})$`),
  mangleCache: Object.fromEntries(uiNames.map((name, index) => [name, `_${index.toString(36)}`])),
};
