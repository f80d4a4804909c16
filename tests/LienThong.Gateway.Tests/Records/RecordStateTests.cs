using LienThong.Gateway.Records;

namespace LienThong.Gateway.Tests.Records;

public sealed class RecordStateTests
{
    // Written out a second time, from processes.md §5, so that a slip in the table shows.
    private const string Expected = """
        -               Received        Ingested
        Received        Invalid         Validated
        Received        Ready           Validated
        Invalid         Ready           Revalidated
        Ready           Invalid         Revalidated
        Ready           Held            HeldBy
        Invalid         Held            HeldBy
        Signed          Held            HeldBy
        Held            Received        Released
        Ready           Signed          SignedBy
        Signed          Ready           SignatureDiscarded
        Signed          Sending         Queued
        Ready           Sending         QueuedUnsigned
        Sending         Accepted        PortalAccepted
        Sending         Rejected        PortalRejected
        Sending         Sending         TransientFailure
        Sending         Signed          NeverLeft
        Sending         OutcomeUnknown  AnswerLost
        Sending         OutcomeUnknown  LeaseExpired
        OutcomeUnknown  Accepted        Reconciled
        OutcomeUnknown  Accepted        ResendAccepted
        OutcomeUnknown  Rejected        ReconciledFaulty
        OutcomeUnknown  Sending         ResendSameBytes
        Accepted        Rejected        PortalFaultsReported
        Rejected        Sending         ResendSameBytes
        Received        Superseded      NewVersion
        Invalid         Superseded      NewVersion
        Ready           Superseded      NewVersion
        Held            Superseded      NewVersion
        Signed          Superseded      NewVersion
        Accepted        Superseded      NewVersion
        Rejected        Superseded      NewVersion
        OutcomeUnknown  Superseded      NewVersion
        """;

    [Fact]
    public void Every_combination_of_states_and_event_is_allowed_exactly_as_written()
    {
        HashSet<string> expected = [.. Expected.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        int allowed = 0;
        IEnumerable<Transition> every =
            from before in (RecordState?[])[null, .. RecordStates.All.Select(s => (RecordState?)s)]
            from after in RecordStates.All
            from cause in Enum.GetValues<RecordEvent>()
            select new Transition(before, after, cause);
        foreach ((RecordState? from, RecordState to, RecordEvent on) in every)
        {
            bool should = expected.Contains($"{from?.ToString() ?? "-"} {to} {on}");
            Assert.True(RecordStates.Allows(from, to, on) == should, $"{from} → {to} on {on}: {(should ? "missing" : "must not be")}");
            allowed += should ? 1 : 0;
        }
        Assert.Equal(expected.Count, allowed);
    }

    [Fact]
    public void Superseded_is_never_left()
    {
        Assert.DoesNotContain(RecordStates.Table, t => t.From == RecordState.Superseded);
        Assert.DoesNotContain(RecordStates.Table, t => t is { From: RecordState.Sending, To: RecordState.Superseded });
    }

    [Fact]
    public void Move_outside_the_table_throws() =>
        Assert.Throws<InvalidOperationException>(() => RecordStates.Demand(RecordState.Accepted, RecordState.Ready, RecordEvent.Revalidated));

    [Fact]
    public void Every_state_has_a_vietnamese_name() =>
        Assert.Equal(RecordStates.All.Count, RecordStates.All.Select(RecordStates.Vietnamese).Distinct().Count());

    [Theory]
    [InlineData("Nguyễn Thị Đào", "nguyen thi dao")]
    [InlineData("  NGUYỄN   VĂN  Ưỡn ", "nguyen van uon")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("", "")]
    public void Names_fold_to_their_search_form(string name, string folded) => Assert.Equal(folded, SearchText.Fold(name));

    [Fact]
    public void Every_accented_letter_of_the_alphabet_folds()
    {
        string[] marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
        foreach (string spelled in "aăâđeêioôơuưy".SelectMany(letter => marks.Select(mark => letter + mark)))
        {
            string composed = spelled.Normalize(System.Text.NormalizationForm.FormC);
            Assert.All(SearchText.Fold(composed), c => Assert.True(char.IsAscii(c), composed));
            Assert.Equal(SearchText.Fold(composed), SearchText.Fold(composed.ToUpperInvariant()));
        }
    }
}
