namespace LienThong.Validation;

/// <summary>What is known of a package about to be sent. The sender gathers it; the rules judge it.</summary>
public sealed record SendingFacts
{
    /// <summary>Moment of sending, Vietnam local time.</summary>
    public required DateTime Now { get; init; }

    /// <summary><c>MA_LK</c> of the record.</summary>
    public required string MaLk { get; init; }

    /// <summary><c>NGAY_RA</c> as received.</summary>
    public string NgayRa { get; init; } = "";

    /// <summary>Records in the package; null while there is no package.</summary>
    public int? Records { get; init; }

    /// <summary>A signature is demanded on the day of sending.</summary>
    public bool SignatureDemanded { get; init; }

    /// <summary>The package carries a signature.</summary>
    public bool Signed { get; init; }

    /// <summary>Why the signature doesn't hold, in Vietnamese; null when it does or there is none.</summary>
    public string? SignatureTrouble { get; init; }

    /// <summary>Why the certificate doesn't serve (ended, not registered), in Vietnamese; null when it does.</summary>
    public string? CertificateTrouble { get; init; }

    /// <summary>Serial of the certificate; empty when unknown.</summary>
    public string Serial { get; init; } = "";

    /// <summary>First moment that is too late, Vietnam local time; null when no deadline applies.</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>Time after discharge in which the facility means to send.</summary>
    public TimeSpan Usual { get; init; } = TimeSpan.FromHours(24);

    /// <summary>When the portal took an earlier version, Vietnam local time; null when it never did.</summary>
    public DateTime? AcceptedAt { get; init; }

    /// <summary>Why the accepted version is replaced; empty when nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The content is that of the accepted version.</summary>
    public bool SameContent { get; init; }
}
