namespace LienThong.Portal;

/// <summary>What is asked about a card. There is no facility parameter: the account decides.</summary>
/// <param name="CardNumber"><c>maThe</c>: 15 characters, or the number printed on newer cards.</param>
/// <param name="FullName"><c>hoTen</c>, with diacritics.</param>
/// <param name="BirthDate"><c>ngaySinh</c>: <c>dd/MM/yyyy</c>, or <c>yyyy</c> when only the year is known.</param>
/// <param name="StaffName"><c>hoTenCb</c>: full name of the person who looks up, as registered on the portal.</param>
/// <param name="StaffCitizenId"><c>cccdCb</c>: that person's citizen number.</param>
/// <remarks>Source: CV 1923/BHXH-CNTT 2024.</remarks>
public sealed record CardQuery(string CardNumber, string FullName, string BirthDate, string StaffName, string StaffCitizenId)
{
    /// <summary>Turns <c>NGAY_SINH</c> of a record (<c>yyyyMMddHHmm</c> or <c>yyyyMMdd</c>, zeros where unknown) into what the lookup takes.</summary>
    /// <returns><c>dd/MM/yyyy</c>, or <c>yyyy</c> when day or month is unknown; null when it doesn't begin with eight digits.</returns>
    public static string? BirthDateFromRecord(string ngaySinh)
    {
        ArgumentNullException.ThrowIfNull(ngaySinh);
        if (ngaySinh.Length < 8 || ngaySinh.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9'))
            return null;
        string year = ngaySinh[..4], month = ngaySinh[4..6], day = ngaySinh[6..8];
        return month == "00" || day == "00" ? year : $"{day}/{month}/{year}";
    }

    /// <summary>Nothing: every member is personal.</summary>
    public override string ToString() => nameof(CardQuery);
}
