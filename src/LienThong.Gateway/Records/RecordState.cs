namespace LienThong.Gateway.Records;

/// <summary>Where a record version stands on its way. Vietnamese names in <see cref="RecordStates.Vietnamese"/>.</summary>
public enum RecordState
{
    /// <summary>Stored, not yet judged.</summary>
    Received,
    /// <summary>At least one blocking finding.</summary>
    Invalid,
    /// <summary>No blocking finding, may be signed.</summary>
    Ready,
    /// <summary>Stopped by a person or a rule, with reason.</summary>
    Held,
    /// <summary>Exact bytes archived, own verification passed.</summary>
    Signed,
    /// <summary>The call to the portal may be under way.</summary>
    Sending,
    /// <summary>The portal answered that it received it; receipt stored.</summary>
    Accepted,
    /// <summary>The portal refused it or found faults.</summary>
    Rejected,
    /// <summary>No answer, or one that decides nothing.</summary>
    OutcomeUnknown,
    /// <summary>A newer version exists; end state.</summary>
    Superseded,
}

/// <summary>What moves a version from one state to another.</summary>
public enum RecordEvent
{
    /// <summary>A version was stored.</summary>
    Ingested,
    /// <summary>First judged.</summary>
    Validated,
    /// <summary>Judged again after rules, lists or overrides changed.</summary>
    Revalidated,
    /// <summary>Stopped by a person or a rule.</summary>
    HeldBy,
    /// <summary>Let go again; judged anew.</summary>
    Released,
    /// <summary>Signed, verified, archived.</summary>
    SignedBy,
    /// <summary>Signature given up before sending.</summary>
    SignatureDiscarded,
    /// <summary>Taken by a sender.</summary>
    Queued,
    /// <summary>Taken by a sender without signature, where none is demanded.</summary>
    QueuedUnsigned,
    /// <summary>The portal received it.</summary>
    PortalAccepted,
    /// <summary>The portal refused it.</summary>
    PortalRejected,
    /// <summary>Failed for a passing cause while staying in the sender's hands.</summary>
    TransientFailure,
    /// <summary>Proof that nothing was sent.</summary>
    NeverLeft,
    /// <summary>Bytes left, no usable answer came.</summary>
    AnswerLost,
    /// <summary>The sender vanished during the call.</summary>
    LeaseExpired,
    /// <summary>Evidence of reception was imported.</summary>
    Reconciled,
    /// <summary>The resend of the same bytes was accepted.</summary>
    ResendAccepted,
    /// <summary>Evidence of refusal was imported.</summary>
    ReconciledFaulty,
    /// <summary>The very same bytes are sent again.</summary>
    ResendSameBytes,
    /// <summary>The portal reported faults after reception.</summary>
    PortalFaultsReported,
    /// <summary>A newer version took its place.</summary>
    NewVersion,
}

/// <summary>One allowed move.</summary>
/// <param name="From">State before; null for a version that doesn't exist yet.</param>
/// <param name="To">State after.</param>
/// <param name="On">What causes it.</param>
public readonly record struct Transition(RecordState? From, RecordState To, RecordEvent On);

/// <summary>The one table of all moves (processes.md §5). What isn't here is not allowed.</summary>
public static class RecordStates
{
    /// <summary>All states, in the order of the way.</summary>
    public static IReadOnlyList<RecordState> All { get; } = Enum.GetValues<RecordState>();

    /// <summary>All allowed moves.</summary>
    public static IReadOnlyList<Transition> Table { get; } =
    [
        new(null, RecordState.Received, RecordEvent.Ingested),
        new(RecordState.Received, RecordState.Invalid, RecordEvent.Validated),
        new(RecordState.Received, RecordState.Ready, RecordEvent.Validated),
        new(RecordState.Invalid, RecordState.Ready, RecordEvent.Revalidated),
        new(RecordState.Ready, RecordState.Invalid, RecordEvent.Revalidated),
        new(RecordState.Ready, RecordState.Held, RecordEvent.HeldBy),
        new(RecordState.Invalid, RecordState.Held, RecordEvent.HeldBy),
        new(RecordState.Signed, RecordState.Held, RecordEvent.HeldBy),
        new(RecordState.Held, RecordState.Received, RecordEvent.Released),
        new(RecordState.Ready, RecordState.Signed, RecordEvent.SignedBy),
        new(RecordState.Signed, RecordState.Ready, RecordEvent.SignatureDiscarded),
        new(RecordState.Signed, RecordState.Sending, RecordEvent.Queued),
        new(RecordState.Ready, RecordState.Sending, RecordEvent.QueuedUnsigned),
        new(RecordState.Sending, RecordState.Accepted, RecordEvent.PortalAccepted),
        new(RecordState.Sending, RecordState.Rejected, RecordEvent.PortalRejected),
        new(RecordState.Sending, RecordState.Sending, RecordEvent.TransientFailure),
        new(RecordState.Sending, RecordState.Signed, RecordEvent.NeverLeft),
        new(RecordState.Sending, RecordState.OutcomeUnknown, RecordEvent.AnswerLost),
        new(RecordState.Sending, RecordState.OutcomeUnknown, RecordEvent.LeaseExpired),
        new(RecordState.OutcomeUnknown, RecordState.Accepted, RecordEvent.Reconciled),
        new(RecordState.OutcomeUnknown, RecordState.Accepted, RecordEvent.ResendAccepted),
        new(RecordState.OutcomeUnknown, RecordState.Rejected, RecordEvent.ReconciledFaulty),
        new(RecordState.OutcomeUnknown, RecordState.Sending, RecordEvent.ResendSameBytes),
        new(RecordState.Accepted, RecordState.Rejected, RecordEvent.PortalFaultsReported),
        new(RecordState.Rejected, RecordState.Sending, RecordEvent.ResendSameBytes),
        .. Enum.GetValues<RecordState>()
            .Where(s => s is not (RecordState.Superseded or RecordState.Sending))
            .Select(s => new Transition(s, RecordState.Superseded, RecordEvent.NewVersion)),
    ];

    private static readonly HashSet<Transition> Allowed = [.. Table];

    /// <summary>Whether the move is in the table.</summary>
    public static bool Allows(RecordState? from, RecordState to, RecordEvent on) => Allowed.Contains(new Transition(from, to, on));

    /// <summary>Passes an allowed move.</summary>
    /// <exception cref="InvalidOperationException">The move isn't in the table: a bug in the caller, never silently skipped.</exception>
    public static Transition Demand(RecordState? from, RecordState to, RecordEvent on) =>
        Allows(from, to, on) ? new Transition(from, to, on)
        : throw new InvalidOperationException($"No move from {from?.ToString() ?? "nothing"} to {to} on {on}.");

    /// <summary>Whether the version was signed at some time, so that a change of it needs a reason.</summary>
    public static bool IsSignedOrLater(RecordState state) =>
        state is RecordState.Signed or RecordState.Sending or RecordState.Accepted or RecordState.Rejected or RecordState.OutcomeUnknown;

    /// <summary>The state's name for people.</summary>
    public static string Vietnamese(RecordState state) => state switch
    {
        RecordState.Received => "Đã nhận",
        RecordState.Invalid => "Có lỗi chặn",
        RecordState.Ready => "Sẵn sàng",
        RecordState.Held => "Tạm giữ",
        RecordState.Signed => "Đã ký",
        RecordState.Sending => "Đang gửi",
        RecordState.Accepted => "Đã tiếp nhận",
        RecordState.Rejected => "Bị từ chối",
        RecordState.OutcomeUnknown => "Không rõ kết quả",
        RecordState.Superseded => "Đã thay thế",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
