using LienThong.Standard;

namespace LienThong.Signing;

/// <summary>Fills the signature data of papers into a record before its package is written and signed.</summary>
public static class PaperSignatures
{
    /// <summary>Asks <paramref name="signer"/> for every paper that an enabled profile names and whose field is empty; a text that is there already is kept as it is.</summary>
    /// <param name="record">The record; not changed.</param>
    /// <param name="release">The release it is written in. Profiles that don't apply to it are passed over.</param>
    /// <param name="enabled">The profiles the facility has switched on; empty: nothing is asked and the record comes back as it is.</param>
    /// <param name="signer">Makes the texts.</param>
    /// <returns>The record to write, or why it can't be.</returns>
    public static PaperSigning Fill(Record record, Release release, IReadOnlyList<PaperSignatureProfile> enabled, IPaperSigner signer)
    {
        RecordBuilder? builder = null;
        foreach (PaperSignatureProfile profile in enabled)
        {
            if (!profile.AppliesTo(release) || record[profile.Field.Table] is not { } papers) continue;
            for (int i = 0; i < papers.Count; i++)
            {
                if (!papers[i][profile.Field].IsEmpty || signer.Sign(papers[i], release) is not { } text) continue;
                if (Unfit(text, profile.Field, release) is { } problem) return new PaperSigning(record, problem);
                builder ??= RecordBuilder.From(record);
                builder.Rows(profile.Field.Table)[i].Set(profile.Field, text);
            }
        }

        return new PaperSigning(builder?.Build() ?? record, null);
    }

    private static string? Unfit(string text, FieldId field, Release release)
    {
        if (!XmlText.IsAllowed(text)) return $"Dữ liệu chữ ký cho {field} có ký tự mà XML không chứa được; hãy trả về văn bản (ví dụ base64).";
        return release.Field(field)!.MaxLength is { } most && text.Length > most
            ? $"Dữ liệu chữ ký cho {field} dài {text.Length} ký tự, quá {most}; hãy rút gọn."
            : null;
    }
}

/// <summary>What became of <see cref="PaperSignatures.Fill"/>.</summary>
/// <param name="Record">The record to write: the one given when nothing was filled in.</param>
/// <param name="Problem">Why it must not be written, in Vietnamese; null when all is well.</param>
public sealed record PaperSigning(Record Record, string? Problem);
