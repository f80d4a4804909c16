using LienThong.Standard;

namespace LienThong.Signing;

/// <summary>Makes the signature data of one paper, for example by asking the hospital's own document-signing service. Called before the package is signed, so that the package's signature covers it.</summary>
public interface IPaperSigner
{
    /// <summary>Signs the paper that a row of table 13, 14 or 15 describes.</summary>
    /// <param name="paper">The row; its record's other tables are not part of the paper.</param>
    /// <param name="release">The release the row is written in.</param>
    /// <returns>The text for the field; null to leave it empty (the facility issues this one on paper).</returns>
    string? Sign(Row paper, Release release);
}
