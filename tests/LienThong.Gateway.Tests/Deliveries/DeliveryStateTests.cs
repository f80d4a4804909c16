using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;

namespace LienThong.Gateway.Tests.Deliveries;

public sealed class DeliveryStateTests
{
    // Written out once more by hand: a move added to the table by mistake shows here.
    private static readonly string[] Expected =
    [
        " > Waiting : Enqueued",
        "Waiting > Sending : Claimed", "Waiting > Held : HeldBy", "Waiting > Closed : ClosedBy", "Waiting > Superseded : NewVersion", "Waiting > Overtaken : RecordSent",
        "Sending > Accepted : DestinationAccepted", "Sending > Rejected : DestinationRejected", "Sending > Waiting : NeverLeft", "Sending > Dead : GaveUp",
        "Sending > OutcomeUnknown : AnswerLost", "Sending > OutcomeUnknown : LeaseExpired",
        "OutcomeUnknown > Sending : Settling", "OutcomeUnknown > Accepted : Settled", "OutcomeUnknown > Rejected : Settled", "OutcomeUnknown > Closed : ClosedBy",
        "OutcomeUnknown > Superseded : NewVersion", "OutcomeUnknown > Overtaken : RecordSent",
        "Held > Waiting : Released", "Held > Closed : ClosedBy", "Held > Superseded : NewVersion", "Held > Overtaken : RecordSent",
        "Rejected > Waiting : Retried", "Rejected > Closed : ClosedBy", "Rejected > Superseded : NewVersion",
        "Dead > Waiting : Retried", "Dead > Closed : ClosedBy", "Dead > Superseded : NewVersion", "Dead > Overtaken : RecordSent",
    ];

    [Fact]
    public void Every_move_is_allowed_or_refused_as_written_down()
    {
        DeliveryState?[] froms = [null, .. Enum.GetValues<DeliveryState>().Select(s => (DeliveryState?)s)];
        List<string> allowed = [];
        foreach (DeliveryState? from in froms)
        {
            foreach (DeliveryState to in DeliveryStates.All)
            {
                foreach (DeliveryEvent on in Enum.GetValues<DeliveryEvent>())
                {
                    if (DeliveryStates.Allows(from, to, on))
                        allowed.Add($"{from} > {to} : {on}");
                    else
                        Assert.Throws<InvalidOperationException>(() => DeliveryStates.Demand(from, to, on));
                }
            }
        }

        Assert.Equal(Expected.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
        Assert.Equal(DeliveryStates.Table.Count, DeliveryStates.Table.Distinct().Count());
    }

    [Fact]
    public void Only_what_is_accepted_overtaken_superseded_or_closed_is_over_and_every_state_has_a_name()
    {
        Assert.Equal(
            [DeliveryState.Accepted, DeliveryState.Overtaken, DeliveryState.Superseded, DeliveryState.Closed],
            DeliveryStates.All.Where(DeliveryStates.IsEnd));
        Assert.Equal(DeliveryStates.All.Count, DeliveryStates.All.Select(DeliveryStates.Vietnamese).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_check_in_that_is_over_never_moves_again()
    {
        foreach (CheckInState to in Enum.GetValues<CheckInState>())
        {
            Assert.False(CheckInStates.Allows(CheckInState.Overtaken, to));
            Assert.False(CheckInStates.Allows(CheckInState.Closed, to));
            Assert.Equal(to is CheckInState.Blocked or CheckInState.Unmapped or CheckInState.Ready or CheckInState.Exempt, CheckInStates.Allows(CheckInState.Exempt, to));
            Assert.NotEqual("", CheckInStates.Vietnamese(to));
        }
        Assert.Equal([CheckInState.Ready], Enum.GetValues<CheckInState>().Where(s => CheckInStates.Allows(s, CheckInState.Queued)));
    }
}
