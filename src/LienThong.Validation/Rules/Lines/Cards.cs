using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What rules over cost lines ask of the cards in XML1.</summary>
internal static class Cards
{
    /// <summary>True when some card starts with one of these prefixes, separated by single spaces.</summary>
    public static bool HasPrefix(RecordView record, ReadOnlySpan<byte> prefixes)
    {
        foreach (ReadOnlySpan<byte> card in record.Summary[Xml1.MA_THE_BHYT].Items())
        {
            if (card.Length > 2 && Reading.Contains(prefixes, card[..2])) return true;
        }

        return false;
    }

    /// <summary>Cards of army, police and cipher service.</summary>
    public static bool HasCardOfTheForces(RecordView record) => HasPrefix(record, "QN HC LS XK CY CA"u8);
}
