/** Clerk's names (dossier part 3), for complaints alone: what is written under another name has no effect. */
const setOf = (...groups: string[]): ReadonlySet<string> =>
  new Set(
    groups.flatMap((group) => {
      const [prefix, ...rests] = group.split(' ');
      return rests.map((rest) => prefix + (rest === '-' ? '' : rest));
    }),
  );

export const topNames = setOf(
  ' name theme baseTheme options layout variables elements captcha cssLayerName signIn signUp userVerification userButton userProfile userAvatar waitlist oneTap',
);

export const optionNames = setOf(
  ' showOptionalFields animations elevation autoFocus shimmer unsafe_disableDevelopmentModeWarnings helpPageUrl privacyPageUrl termsPageUrl',
  'logo Placement ImageUrl LinkUrl',
  'socialButtons Variant Placement',
);

export const variableNames = setOf(
  'color Primary PrimaryForeground Danger Success Warning Neutral Foreground MutedForeground Muted Background Input InputForeground Shimmer Ring Shadow Border ModalBackdrop Text TextOnPrimaryBackground TextSecondary InputText InputBackground',
  'font Family FamilyButtons FamilyMono Size Weight',
  ' borderRadius spacing spacingUnit',
);

/** With ids and states left out: `formFieldInput` stands for `formFieldInput__identifier` too. */
export const elementNames = setOf(
  ' rootBox cardBox card main header headerTitle headerSubtitle headerBackLink logoBox logoImage backRow backLink passkeyIcon phoneInputBox badge notificationBadge spinner buttonArrowIcon tooltip qrCodeContainer formattedPhoneNumber pageScrollBox page lastAuthenticationStrategyBadge button input checkbox radio',
  'footer - Action ActionText ActionLink Item Pages PagesLink',
  'modal Backdrop Content CloseButton',
  'socialButtons - Root BlockButton BlockButtonText IconButton ProviderIcon ProviderInitialIcon',
  'provider Icon InitialIcon',
  'divider Row Line Text',
  'form - Container ButtonPrimary ButtonReset Header HeaderTitle HeaderSubtitle InputGroup ResendCodeLink',
  'formField - Row LabelRow Label Action Input InputGroup InputShowPasswordButton InputShowPasswordIcon CheckboxInput CheckboxLabel RadioGroup RadioGroupItem RadioInput RadioLabel ErrorText WarningText SuccessText InfoText HintText',
  'otpCodeField - Inputs InputContainer Input ErrorText SuccessText',
  'verificationLinkStatus Box IconBox Icon Text',
  'alternativeMethods - BlockButton BlockButtonText BlockButtonArrow',
  'identityPreview - Text EditButton EditButtonIcon',
  'accountSwitcherActionButton - Icon',
  'userButton Box OuterIdentifier Trigger AvatarBox AvatarImage PopoverRootBox PopoverCard PopoverMain PopoverActions PopoverActionButton PopoverActionButtonIcon PopoverCustomItemButton PopoverFooter',
  'userPreview - TextContainer AvatarBox MainIdentifier SecondaryIdentifier',
  'avatar Box Image ImageActions ImageActionsUpload ImageActionsRemove',
  'navbar - Buttons Button MobileMenuButton',
  'profile Page PageContent Section SectionTitle SectionTitleText SectionContent SectionItem SectionItemList SectionPrimaryButton',
  'activeDevice - ListItem',
  'alert - Icon Text TextContainer',
  'menu Button List Item',
  'tag InputContainer PillContainer PillIcon',
  'select Button Option OptionsContainer',
);
