namespace LienThong.Gateway.CheckIns;

/// <summary>At which moment of a visit a check-in is due (QĐ 130/QĐ-BYT Điều 3, as amended by QĐ 4750). One of each kind is sent per <c>MA_LK</c>.</summary>
public enum CheckInKind
{
    /// <summary>Right after the first cost of the visit.</summary>
    FirstCost,
    /// <summary>Right after the first cost once inpatient, day or outpatient treatment was ordered (<c>NGAY_VAO_NOI_TRU</c>).</summary>
    AdmissionFirstCost,
}

/// <summary>Where a check-in stands until its document is on its way; from then on its delivery tells.</summary>
public enum CheckInState
{
    /// <summary>At least one blocking finding: mend it in the HIS and hand it in again.</summary>
    Blocked,
    /// <summary>Its item isn't mapped to a common code, or isn't in the facility's list.</summary>
    Unmapped,
    /// <summary>Ready to be signed and sent.</summary>
    Ready,
    /// <summary>Signed, archived, handed to the outbox.</summary>
    Queued,
    /// <summary>The law asks for none.</summary>
    Exempt,
    /// <summary>The record itself was sent first. End state.</summary>
    Overtaken,
    /// <summary>Ended by a person, with reason. End state.</summary>
    Closed,
}

/// <summary>The one table of the moves of check-ins. What isn't here is not allowed.</summary>
public static class CheckInStates
{
    private static readonly CheckInState[] Judged = [CheckInState.Blocked, CheckInState.Unmapped, CheckInState.Ready, CheckInState.Exempt];

    private static readonly HashSet<(CheckInState From, CheckInState To)> Allowed =
    [
        // Handed in again or judged anew; also after its document was refused or waits, which then is replaced.
        .. Judged.Append(CheckInState.Queued).SelectMany(_ => Judged, (from, to) => (from, to)),
        (CheckInState.Ready, CheckInState.Queued),
        (CheckInState.Blocked, CheckInState.Overtaken),
        (CheckInState.Unmapped, CheckInState.Overtaken),
        (CheckInState.Ready, CheckInState.Overtaken),
        (CheckInState.Queued, CheckInState.Overtaken),
        (CheckInState.Blocked, CheckInState.Closed),
        (CheckInState.Unmapped, CheckInState.Closed),
        (CheckInState.Ready, CheckInState.Closed),
        (CheckInState.Queued, CheckInState.Closed),
    ];

    /// <summary>Whether the move is in the table.</summary>
    public static bool Allows(CheckInState from, CheckInState to) => Allowed.Contains((from, to));

    /// <summary>Whether staff have to see to it that it is sent. One that is queued stays open until the portal has it.</summary>
    public static bool IsOpen(CheckInState state) => state is CheckInState.Blocked or CheckInState.Unmapped or CheckInState.Ready or CheckInState.Queued;

    /// <summary>The state's name for people.</summary>
    public static string Vietnamese(CheckInState state) => state switch
    {
        CheckInState.Blocked => "Có lỗi chặn",
        CheckInState.Unmapped => "Chưa ánh xạ",
        CheckInState.Ready => "Chờ ký",
        CheckInState.Queued => "Chờ gửi",
        CheckInState.Exempt => "Được miễn",
        CheckInState.Overtaken => "Không gửi: hồ sơ đã gửi trước",
        CheckInState.Closed => "Đã đóng",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The kind's name for people.</summary>
    public static string Vietnamese(CheckInKind kind) => kind == CheckInKind.FirstCost ? "Chi phí đầu tiên" : "Vào điều trị";
}
