namespace LienThong.Gateway.Deliveries;

/// <summary>Where a document stands on its way to one destination. Vietnamese names in <see cref="DeliveryStates.Vietnamese"/>.</summary>
public enum DeliveryState
{
    /// <summary>Waits for a sender, a time or a sending window.</summary>
    Waiting,
    /// <summary>The call may be under way.</summary>
    Sending,
    /// <summary>The destination answered that it received it; receipt stored. End state.</summary>
    Accepted,
    /// <summary>The destination refused it.</summary>
    Rejected,
    /// <summary>No answer, one that decides nothing, or one that says the decision comes later.</summary>
    OutcomeUnknown,
    /// <summary>Stopped by a person, with reason.</summary>
    Held,
    /// <summary>Given up after all tries; waits for a person.</summary>
    Dead,
    /// <summary>A check-in that wasn't sent before the record itself was. End state.</summary>
    Overtaken,
    /// <summary>A newer version exists. End state.</summary>
    Superseded,
    /// <summary>Ended by a person, with reason. End state.</summary>
    Closed,
}

/// <summary>What moves a delivery from one state to another.</summary>
public enum DeliveryEvent
{
    /// <summary>Made, bytes archived.</summary>
    Enqueued,
    /// <summary>Taken by a sender.</summary>
    Claimed,
    /// <summary>The destination received it.</summary>
    DestinationAccepted,
    /// <summary>The destination refused it.</summary>
    DestinationRejected,
    /// <summary>Proof that nothing was sent.</summary>
    NeverLeft,
    /// <summary>Its time for tries is over.</summary>
    GaveUp,
    /// <summary>Bytes left, no usable answer came.</summary>
    AnswerLost,
    /// <summary>The sender vanished during the call.</summary>
    LeaseExpired,
    /// <summary>An unknown outcome is being settled: the destination is asked, or gets the very same bytes again.</summary>
    Settling,
    /// <summary>An answer that came late, or evidence a person has, decided an unknown outcome.</summary>
    Settled,
    /// <summary>Stopped by a person.</summary>
    HeldBy,
    /// <summary>Let go again by a person.</summary>
    Released,
    /// <summary>Put back into the queue by a person.</summary>
    Retried,
    /// <summary>Ended by a person.</summary>
    ClosedBy,
    /// <summary>The record of the visit was sent.</summary>
    RecordSent,
    /// <summary>A newer version took its place.</summary>
    NewVersion,
}

/// <summary>One allowed move.</summary>
/// <param name="From">State before; null for a delivery that doesn't exist yet.</param>
/// <param name="To">State after.</param>
/// <param name="On">What causes it.</param>
public readonly record struct DeliveryMove(DeliveryState? From, DeliveryState To, DeliveryEvent On);

/// <summary>The one table of all moves of deliveries. What isn't here is not allowed.</summary>
public static class DeliveryStates
{
    /// <summary>All states, in the order of the way.</summary>
    public static IReadOnlyList<DeliveryState> All { get; } = Enum.GetValues<DeliveryState>();

    /// <summary>All allowed moves.</summary>
    public static IReadOnlyList<DeliveryMove> Table { get; } =
    [
        new(null, DeliveryState.Waiting, DeliveryEvent.Enqueued),
        new(DeliveryState.Waiting, DeliveryState.Sending, DeliveryEvent.Claimed),
        new(DeliveryState.Sending, DeliveryState.Accepted, DeliveryEvent.DestinationAccepted),
        new(DeliveryState.Sending, DeliveryState.Rejected, DeliveryEvent.DestinationRejected),
        new(DeliveryState.Sending, DeliveryState.Waiting, DeliveryEvent.NeverLeft),
        new(DeliveryState.Sending, DeliveryState.Dead, DeliveryEvent.GaveUp),
        new(DeliveryState.Sending, DeliveryState.OutcomeUnknown, DeliveryEvent.AnswerLost),
        new(DeliveryState.Sending, DeliveryState.OutcomeUnknown, DeliveryEvent.LeaseExpired),
        new(DeliveryState.OutcomeUnknown, DeliveryState.Sending, DeliveryEvent.Settling),
        new(DeliveryState.OutcomeUnknown, DeliveryState.Accepted, DeliveryEvent.Settled),
        new(DeliveryState.OutcomeUnknown, DeliveryState.Rejected, DeliveryEvent.Settled),
        new(DeliveryState.Waiting, DeliveryState.Held, DeliveryEvent.HeldBy),
        new(DeliveryState.Held, DeliveryState.Waiting, DeliveryEvent.Released),
        new(DeliveryState.Rejected, DeliveryState.Waiting, DeliveryEvent.Retried),
        new(DeliveryState.Dead, DeliveryState.Waiting, DeliveryEvent.Retried),
        .. To(DeliveryState.Closed, DeliveryEvent.ClosedBy,
            DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Dead, DeliveryState.Rejected, DeliveryState.OutcomeUnknown),
        .. To(DeliveryState.Superseded, DeliveryEvent.NewVersion,
            DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Dead, DeliveryState.Rejected, DeliveryState.OutcomeUnknown),
        .. To(DeliveryState.Overtaken, DeliveryEvent.RecordSent, DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Dead, DeliveryState.OutcomeUnknown),
    ];

    private static readonly HashSet<DeliveryMove> Allowed = [.. Table];

    /// <summary>Whether the move is in the table.</summary>
    public static bool Allows(DeliveryState? from, DeliveryState to, DeliveryEvent on) => Allowed.Contains(new DeliveryMove(from, to, on));

    /// <summary>Passes an allowed move.</summary>
    /// <exception cref="InvalidOperationException">The move isn't in the table: a bug in the caller, never silently skipped.</exception>
    public static DeliveryMove Demand(DeliveryState? from, DeliveryState to, DeliveryEvent on) =>
        Allows(from, to, on) ? new DeliveryMove(from, to, on)
        : throw new InvalidOperationException($"No move of a delivery from {from?.ToString() ?? "nothing"} to {to} on {on}.");

    /// <summary>Whether nothing can happen any more.</summary>
    public static bool IsEnd(DeliveryState state) => !Table.Any(m => m.From == state);

    /// <summary>The state's name for people.</summary>
    public static string Vietnamese(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "Chờ gửi",
        DeliveryState.Sending => "Đang gửi",
        DeliveryState.Accepted => "Đã tiếp nhận",
        DeliveryState.Rejected => "Bị từ chối",
        DeliveryState.OutcomeUnknown => "Không rõ kết quả",
        DeliveryState.Held => "Tạm giữ",
        DeliveryState.Dead => "Cần người xử lý",
        DeliveryState.Overtaken => "Không gửi: hồ sơ đã gửi trước",
        DeliveryState.Superseded => "Đã thay thế",
        DeliveryState.Closed => "Đã đóng",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static IEnumerable<DeliveryMove> To(DeliveryState to, DeliveryEvent on, params DeliveryState[] from) => from.Select(f => new DeliveryMove(f, to, on));
}
