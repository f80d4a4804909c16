using Dapper;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.History;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>A stored check-in.</summary>
internal sealed class CheckInRow
{
    public const string Columns = """
        c.check_in_id, c.facility, c.ma_lk, c.kind, c.version, c.state, c.state_at, c.is_open, c.origin, c.release, c.name, c.ngay_vao, c.ngay_yl, c.item, c.facts,
        c.content_ref, c.content_sha256, c.block_count, c.findings, c.cause, c.actor, c.sign_at, c.sign_attempts, c.requested_at, c.updated_at
        """;

    public string CheckInId { get; set; } = "";
    public string Facility { get; set; } = "";
    public string MaLk { get; set; } = "";
    public string Kind { get; set; } = "";
    public int Version { get; set; } = 1;
    public string State { get; set; } = "";
    public long StateAt { get; set; }
    public int IsOpen { get; set; }
    public string Origin { get; set; } = "";
    public string Release { get; set; } = "";
    public string Name { get; set; } = "";
    public string NgayVao { get; set; } = "";
    public string NgayYl { get; set; } = "";
    public string Item { get; set; } = "";
    public byte[]? Facts { get; set; }
    public string ContentRef { get; set; } = "";
    public string ContentSha256 { get; set; } = "";
    public int BlockCount { get; set; }
    public byte[]? Findings { get; set; }
    public string? Cause { get; set; }
    public string Actor { get; set; } = "";
    public long? SignAt { get; set; }
    public int SignAttempts { get; set; }
    public long RequestedAt { get; set; }
    public long UpdatedAt { get; set; }

    public CheckInState CheckInState => Enum.Parse<CheckInState>(State);

    /// <summary>Parameters of a statement that writes it.</summary>
    public DynamicParameters With(long now)
    {
        DynamicParameters parameters = new(this);
        parameters.Add("now", now);
        return parameters;
    }
}

internal sealed class CheckInSettingRow
{
    public const string Columns = "facility, sample_only, warn_minutes, alert_minutes";

    public string Facility { get; init; } = "";
    public int SampleOnly { get; init; }
    public int WarnMinutes { get; init; }
    public int AlertMinutes { get; init; }

    public CheckInSettings ToSettings() => new(Facility, SampleOnly != 0, WarnMinutes, AlertMinutes);
}

/// <summary>What a visit's check-in said, and where it stands.</summary>
internal sealed class CheckInFactsRow
{
    public string Facility { get; init; } = "";
    public string MaLk { get; init; } = "";
    public string State { get; init; } = "";
    public long UpdatedAt { get; init; }
    public string Name { get; init; } = "";
    public byte[]? Facts { get; init; }

    public CheckInState CheckInState => Enum.Parse<CheckInState>(State);

    /// <summary>What it said; of one stored by an earlier build no more than the name, so that nothing else is compared.</summary>
    public CheckInFacts ToFacts() => Facts is null ? new CheckInFacts("", "", null, Name, "", "") : PackedCheckIn.Unpack(Facts);
}

/// <summary>Since when a facility hands check-ins in.</summary>
internal sealed class CheckInUseRow
{
    public string Facility { get; init; } = "";
    public long? Since { get; init; }
    public int SampleOnly { get; init; }
}
