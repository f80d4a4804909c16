namespace LienThong.Portal;

/// <summary>How far a card is verified.</summary>
public enum CardState
{
    /// <summary>The portal knows the card and it may be used.</summary>
    Verified,

    /// <summary>Not verified for a reason on our side: account, staff not registered, nothing asked yet.</summary>
    Unverified,

    /// <summary>The portal couldn't be asked; it is asked again.</summary>
    PortalDown,

    /// <summary>Number, name or birth don't fit what the portal has.</summary>
    Mismatch,

    /// <summary>Run out, withdrawn or reported as ended.</summary>
    Expired,
}
