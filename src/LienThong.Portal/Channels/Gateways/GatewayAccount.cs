namespace LienThong.Portal.Channels;

/// <summary>Whose token: address, facility, account and password together, so that one facility's token is never used for another.</summary>
internal sealed record GatewayAccount(Uri Address, string FacilityCode, string UserName, string Password)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{UserName} ({FacilityCode}) @ {Address}";
}
