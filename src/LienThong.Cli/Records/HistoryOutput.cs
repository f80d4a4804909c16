using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Cli.Records;

/// <summary>Versions, moves and calls of a record as text or JSON.</summary>
internal static class HistoryOutput
{
    /// <summary>Prints it for people.</summary>
    public static void PrintText(RecordDetail record)
    {
        RecordListItem r = record.Current;
        Screen.Out.WriteLine($"{Words.Plain(r.MaLk, 100)} · cơ sở {r.Facility} · bản {r.Version} · {RecordStates.Vietnamese(r.State)}");
        foreach (VersionView v in record.Versions)
        {
            string place = v.IsCurrent ? " · hiện hành" : v.IsWaiting ? " · đang chờ" : "";
            Screen.Out.WriteLine($"Bản {v.Version} · {RecordStates.Vietnamese(v.State)}{place} · {(v.Origin == "His" ? "HIS gửi" : "hiệu chỉnh")} · {Words.Plain(v.Actor, 60)} · {At(v.ReceivedAt)}");
            if (v.Reason is { Length: > 0 } reason)
                Screen.Out.WriteLine($"{Words.Indent}Lý do: {(v.ReasonName is { } name && name != reason ? name + " – " : "")}{Words.Plain(reason, 500)}");
            if (v.ReferenceNumber is { Length: > 0 } number)
                Screen.Out.WriteLine($"{Words.Indent}Trao đổi với BHXH: số {Words.Plain(number, 100)}{(v.ReferenceDate is { } day ? $", ngày {day:dd/MM/yyyy}" : "")}");
            foreach (CorrectionView c in v.Corrections)
                Screen.Out.WriteLine($"{Words.Indent}{c.Table}.{c.Row}.{c.Field}: {Words.Plain(c.OldValue ?? "(không có)", 100)} → {Words.Plain(c.NewValue, 100)}");
        }
        Screen.Out.WriteLine("Diễn biến:");
        foreach (HistoryEntry h in record.History)
            Screen.Out.WriteLine($"  {At(h.At)}  bản {h.Version}  {RecordStates.Vietnamese(h.To)}  {Words.Plain(h.Actor, 60)}{(h.Cause is { Length: > 0 } cause ? "  " + Words.Plain(cause, 300) : "")}");
        foreach (SubmissionView s in record.Submissions)
            Screen.Out.WriteLine($"  {At(s.StartedAt)}  gửi bản {s.Version} lần {s.Attempt}: {s.Outcome ?? "đang gửi"} {s.Code} {Words.Plain(s.MaGiaoDich ?? "", 100)} {Words.Plain(s.Message ?? "", 300)}{(s.Remedy is { } remedy ? $" → {remedy}" : "")}");
    }

    /// <summary>Writes it for programs.</summary>
    public static void Write(Utf8JsonWriter json, RecordDetail record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Current.Id);
        json.WriteString("facility", record.Current.Facility);
        json.WriteString("maLk", record.Current.MaLk);
        json.WriteNumber("version", record.Current.Version);
        json.WriteString("state", record.Current.State.ToString());
        json.WriteStartArray("versions");
        foreach (VersionView v in record.Versions) WriteVersion(json, v);
        json.WriteEndArray();
        json.WriteStartArray("history");
        foreach (HistoryEntry h in record.History)
        {
            json.WriteStartObject();
            json.WriteNumber("version", h.Version);
            json.WriteString("from", h.From?.ToString());
            json.WriteString("to", h.To.ToString());
            json.WriteString("on", h.On.ToString());
            json.WriteString("actor", h.Actor);
            json.WriteMoment("at", h.At);
            json.WriteString("cause", h.Cause);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("submissions");
        foreach (SubmissionView s in record.Submissions)
        {
            json.WriteStartObject();
            json.WriteNumber("version", s.Version);
            json.WriteNumber("attempt", s.Attempt);
            json.WriteString("outcome", s.Outcome);
            json.WriteString("code", s.Code);
            json.WriteString("message", s.Message);
            json.WriteString("remedy", s.Remedy);
            json.WriteString("maGiaoDich", s.MaGiaoDich);
            json.WriteMoment("startedAt", s.StartedAt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, VersionView v)
    {
        json.WriteStartObject();
        json.WriteNumber("version", v.Version);
        json.WriteString("state", v.State.ToString());
        json.WriteBoolean("isCurrent", v.IsCurrent);
        json.WriteBoolean("isWaiting", v.IsWaiting);
        json.WriteString("origin", v.Origin);
        json.WriteString("actor", v.Actor);
        json.WriteMoment("at", v.ReceivedAt);
        json.WriteString("reason", v.Reason);
        json.WriteString("reasonCode", v.ReasonCode);
        json.WriteString("referenceNumber", v.ReferenceNumber);
        json.WriteString("referenceDate", v.ReferenceDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("contentSha256", v.ContentSha256);
        json.WriteString("signedSha256", v.SignedSha256);
        json.WriteEndObject();
    }

    private static string At(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
