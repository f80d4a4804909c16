using LienThong.Gateway.Catalogues;

namespace LienThong.Server.Api.Catalogues;

/// <summary>Code lists that are there and that are missing.</summary>
/// <param name="Lists">Newest edition of each list.</param>
/// <param name="Missing">Lists that rules need and nobody loaded.</param>
public sealed record CatalogueListBody(IReadOnlyList<CatalogueEdition> Lists, IReadOnlyList<MissingListBody> Missing);

/// <summary>A list that nobody loaded.</summary>
/// <param name="List">Its name.</param>
/// <param name="Title">Title in Vietnamese.</param>
/// <param name="Rules">Rules that answer 'not checked' without it.</param>
public sealed record MissingListBody(string List, string Title, IReadOnlyList<string> Rules);

/// <summary>Which edition to go back to.</summary>
/// <param name="Facility">Facility of the list; null or empty for a national one.</param>
/// <param name="Edition">Edition to restore; null for the one before the newest; 0 empties the list.</param>
/// <param name="Reason">Why; must not be empty.</param>
public sealed record RestoreBody(string? Facility, int? Edition, string? Reason);

/// <summary>What the portal said of rows.</summary>
/// <param name="Facility">Facility of the list; null or empty for a national one.</param>
/// <param name="Codes">Codes of the rows; empty together with <paramref name="All"/>.</param>
/// <param name="All">All rows that the other conditions leave.</param>
/// <param name="ValidOn">Only rows valid on this day; null for any.</param>
/// <param name="OnlyUnknown">Only rows the portal hasn't said anything of.</param>
/// <param name="Accepted">Whether the portal took them; null when it hasn't answered.</param>
/// <param name="On">Day on which it answered.</param>
/// <param name="Reason">Why; must not be empty.</param>
public sealed record AcceptanceBody(
    string? Facility, IReadOnlyList<string>? Codes, bool All, DateOnly? ValidOn, bool OnlyUnknown, bool? Accepted, DateOnly? On, string? Reason);

/// <summary>What somebody says of a list as a whole.</summary>
/// <param name="Facility">Facility of the list; null or empty for a national one.</param>
/// <param name="Complete">Whether it holds every code of its kind; null leaves it as it is.</param>
/// <param name="SetsDays">Whether <paramref name="From"/> and <paramref name="To"/> are to be set.</param>
/// <param name="From">First day it says something about; null when nothing begins it.</param>
/// <param name="To">Last day; null when nothing ends it.</param>
/// <param name="Reason">Why; must not be empty.</param>
public sealed record SettingBody(string? Facility, bool? Complete, bool SetsDays, DateOnly? From, DateOnly? To, string? Reason);
