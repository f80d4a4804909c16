namespace LienThong.Portal;

/// <summary>
/// Account, call and document must name one facility: the portal may accept a mixture and file the record under the
/// wrong unit, unnoticed until reconciliation.
/// </summary>
internal static class FacilityCheck
{
    /// <summary>The element stands in the first lines of a record; it isn't looked for further.</summary>
    private const int SearchBytes = 4096;

    /// <summary>A Vietnamese sentence when they disagree; null when all is well.</summary>
    public static string? Problem(PortalAccount account, PortalSubmission submission)
    {
        int prefix = account.UserName.IndexOf('_', StringComparison.Ordinal);
        if (prefix > 0 && !account.UserName.AsSpan(0, prefix).SequenceEqual(account.FacilityCode))
            return $"Tài khoản {account.UserName} không thuộc cơ sở {account.FacilityCode}; kiểm tra cấu hình kết nối Cổng";
        return Problem(account.FacilityCode, submission);
    }

    /// <summary>As above for a destination whose account names aren't made of the facility's code.</summary>
    public static string? Problem(string facilityCode, PortalSubmission submission)
    {
        if (!string.Equals(submission.FacilityCode, facilityCode, StringComparison.Ordinal))
            return $"Hồ sơ của cơ sở {submission.FacilityCode} không được gửi bằng tài khoản của cơ sở {facilityCode}";
        return Named(submission) is { } named && !string.Equals(named, facilityCode, StringComparison.Ordinal)
            ? $"Trong tệp ghi mã cơ sở {named}, khác cơ sở gửi {facilityCode}"
            : null;
    }

    /// <summary>The facility code the document itself gives; null when it isn't in the usual place.</summary>
    private static string? Named(PortalSubmission submission)
    {
        // Rows of the other forms may name a facility that this one settles for.
        if (submission.Service is not (PortalService.Record or PortalService.CheckIn or PortalService.Adjustments))
            return null;
        ReadOnlySpan<byte> open = submission.Service == PortalService.Record ? "<MACSKCB>"u8 : "<MA_CSKCB>"u8;
        ReadOnlySpan<byte> head = submission.Document.Span[..Math.Min(SearchBytes, submission.Document.Length)];
        int at = head.IndexOf(open);
        if (at < 0)
            return null;
        ReadOnlySpan<byte> rest = head[(at + open.Length)..];
        int end = rest.IndexOf((byte)'<');
        return end is > 0 and <= 13 ? System.Text.Encoding.UTF8.GetString(rest[..end]).Trim() : null;
    }
}
