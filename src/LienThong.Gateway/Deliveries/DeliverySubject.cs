namespace LienThong.Gateway.Deliveries;

/// <summary>What a delivery is about. Its number is its urgency: the smaller goes first.</summary>
public enum DeliverySubject
{
    /// <summary>A check-in (XML0): goes before everything else.</summary>
    CheckIn = 0,
    /// <summary>A version of a treatment record, on its way to a further destination.</summary>
    Record = 1,
    /// <summary>A medical assessment (XML12) or a signed form (01–06/DM, 01/BH, 09/BH).</summary>
    Form = 2,
}

/// <summary>When a record goes to a further destination.</summary>
public enum ChannelMoment
{
    /// <summary>As soon as it is signed.</summary>
    Signed,
    /// <summary>Once the national portal has received it.</summary>
    Accepted,
}
