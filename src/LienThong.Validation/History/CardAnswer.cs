namespace LienThong.Validation;

/// <summary>What a card look-up answered; empty texts weren't told.</summary>
/// <param name="Name">Name on the card.</param>
/// <param name="Born">Birth, with the precision known: <c>yyyy</c>, <c>yyyyMM</c> or <c>yyyyMMdd</c>.</param>
/// <param name="Sex">As <c>GIOI_TINH</c>.</param>
/// <param name="Registered">As <c>MA_DKBD</c>.</param>
/// <param name="From">First day, <c>yyyyMMdd</c>.</param>
/// <param name="To">Last day, <c>yyyyMMdd</c>.</param>
/// <param name="CopaidThisYear">Co-payment of the year as the fund counts it, in VND; null when not told.</param>
public sealed record CardAnswer(string Name, string Born, string Sex, string Registered, string From, string To, decimal? CopaidThisYear)
{
    /// <summary>Card number, 15 or 10 characters.</summary>
    public string Number { get; init; } = "";

    /// <summary>The card that replaces or follows it; null when there is none.</summary>
    public CardPeriod? Newer { get; init; }

    /// <summary>As <c>MA_KHUVUC</c>.</summary>
    public string Area { get; init; } = "";

    /// <summary>As <c>NAM_NAM_LIEN_TUC</c>, <c>yyyyMMdd</c>.</summary>
    public string FiveYears { get; init; } = "";

    /// <summary>Why the card can't be used as asked; null when it can.</summary>
    public CardRefusal? Refusal { get; init; }

    /// <summary>The card and, when there is one, the card that replaces it.</summary>
    internal IReadOnlyList<CardPeriod> Periods => Newer is null ? [new CardPeriod(Number, Registered, From, To)] : [new CardPeriod(Number, Registered, From, To), Newer];

    /// <summary>Nothing: every member is personal.</summary>
    public override string ToString() => nameof(CardAnswer);
}

/// <summary>One card number with its validity; empty texts weren't told.</summary>
/// <param name="Number">Card number.</param>
/// <param name="Registered">As <c>MA_DKBD</c>.</param>
/// <param name="From">First day, <c>yyyyMMdd</c>.</param>
/// <param name="To">Last day, <c>yyyyMMdd</c>.</param>
public sealed record CardPeriod(string Number, string Registered, string From, string To)
{
    /// <summary>Nothing: every member is personal.</summary>
    public override string ToString() => nameof(CardPeriod);
}

/// <summary>What of the question the portal refused.</summary>
public enum CardRefusalOf
{
    /// <summary>The card: unknown, withdrawn, reported as ended.</summary>
    Card,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The birth date.</summary>
    Birth,
}

/// <summary>Why a card can't be used as asked.</summary>
/// <param name="Of">What was refused.</param>
/// <param name="Asked">What was asked, as in the record; a record that says something else isn't concerned. Empty: every record of the visit is.</param>
/// <param name="Text">Vietnamese: the portal's code and what it means.</param>
public sealed record CardRefusal(CardRefusalOf Of, string Asked, string Text)
{
    /// <summary>What was refused, never the value.</summary>
    public override string ToString() => $"{nameof(CardRefusal)} {Of}";
}
