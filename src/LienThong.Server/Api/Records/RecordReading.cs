using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;

namespace LienThong.Server.Api.Records;

/// <summary>What is noted of searching and taking out records. What was searched for isn't: it is a name or a number of a patient.</summary>
internal static class RecordReading
{
    /// <summary>Notes a search for a person: once per person who searches, facility and period.</summary>
    public static async Task NoteSearchAsync(AuditLog audit, Caller caller, RecordFilter filter, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(filter.Name) && string.IsNullOrEmpty(filter.MaLk))
            return;
        foreach (string facility in FacilitiesOf(caller, filter))
            await audit.NoteReadAsync(caller, facility, "records.searched", "records", string.IsNullOrEmpty(filter.Name) ? "maLk" : "name", ct);
    }

    /// <summary>Facilities a list is about; an empty one stands for all of somebody who sees all.</summary>
    public static IReadOnlyList<string> FacilitiesOf(Caller caller, RecordFilter filter) =>
        filter.Facilities.Count > 0 ? [.. filter.Facilities.Where(caller.Scope.Holds)] : caller.Scope.All ? [""] : [.. caller.Scope.Facilities.Order(StringComparer.Ordinal)];
}
