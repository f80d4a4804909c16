using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;

namespace LienThong.Gateway.CheckIns;

/// <summary>Stores the check-ins that intake found and tells the file's ledger what became of them.</summary>
internal static class CheckInLedger
{
    /// <summary>Stores those not stored yet.</summary>
    public static async Task StoreAsync(CheckInDesk desk, Caller caller, IntakeFile file, CancellationToken ct)
    {
        List<IntakeRecord> found = file.Ledger.FindAll(r => r.CheckIns.Count > 0);
        if (found.Count == 0)
            return;
        IReadOnlyList<CheckInTaken> taken = await desk.StoreAsync(caller, [.. found.SelectMany(r => r.CheckIns)], file.Name, ct);
        int next = 0;
        foreach (IntakeRecord entry in found)
        {
            CheckInTaken[] own = [.. taken.Skip(next).Take(entry.CheckIns.Count)];
            next += own.Length;
            file.Ledger[file.Ledger.IndexOf(entry)] = Told(entry, own);
        }
    }

    private static IntakeRecord Told(IntakeRecord entry, CheckInTaken[] own) => entry with
    {
        Verdict = Array.TrueForAll(own, t => t.State is null) ? IntakeVerdict.Refused : IntakeVerdict.CheckIn,
        Message = string.Join(' ', own.Select(t => t is { Kind: { } kind, State: { } state }
            ? $"Check-in «{CheckInStates.Vietnamese(kind)}»: {CheckInStates.Vietnamese(state)}.{(t.Message.Length > 0 ? " " + t.Message : "")}"
            : t.Message)),
        Facility = own[0].State is null ? "" : own[0].Facility,
        Blocks = 0,
        CheckIns = [],
    };
}
