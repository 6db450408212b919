using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Asks a directory whether a password is right: finds the one entry that the name means, becomes it with the password, and as the provider's own
/// account again finds its groups. For a name that means nobody, or two, it asks as many questions, in the same order, and answers the same.
/// </summary>
/// <param name="reportFailure">Told of a provider whose directory could not be asked, at most once a second for each: what the caller is not told of.</param>
internal sealed class LdapSignIn(ILdapConnector connector, PasswordTries tries, TimeProvider time, Action<string, FetchException> reportFailure)
{
    // What a directory calls somebody goes into memory, into the trail and into tokens: no more of it than people have.
    private const int MostOfDn = 1024;
    private const int MostOfName = 256;

    /// <summary>How long a directory may take for all of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);
    private readonly LdapPlaces _places = new();
    private readonly ConcurrentDictionary<string, long> _reported = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">IDPRejectedClaim; Throttling: too many wrong passwords; IDPCommunicationError; ServiceUnavailable.</exception>
    public async Task<LdapUser> ProveAsync(LdapProvider provider, AccountId account, string bindPassword, LdapPassword shown, IPAddress source)
    {
        var arn = provider.ArnIn(account).ToString();
        var typed = $"{arn}|{Fold(shown.User)}";
        using var guess = await tries.BeginAsync(account, source, typed);
        using var place = _places.Enter(arn, source);
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await AskAsync(provider, bindPassword, shown, new Counted(guess, arn, typed), patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw Away(arn, new FetchException(FetchFault.Unreachable, $"it did not answer within {Patience.TotalSeconds} seconds"));
        }
        catch (FetchException failure)
        {
            throw Away(arn, failure);
        }
    }

    private ApiException Away(string provider, FetchException failure)
    {
        var now = time.GetTimestamp();
        var isNew = _reported.TryAdd(provider, now);
        if (isNew || (_reported.TryGetValue(provider, out var last) && time.GetElapsedTime(last, now) >= BetweenReports && _reported.TryUpdate(provider, now, last)))
            reportFailure(provider, failure);
        return Errors.ProviderAway(failure.Message);
    }

    private async Task<LdapUser> AskAsync(LdapProvider provider, string bindPassword, LdapPassword shown, Counted counted, CancellationToken cancellationToken)
    {
        await using var connection = await connector.ConnectAsync(ServerOf(provider), cancellationToken);
        await BecomeAsync(connection, provider, bindPassword, cancellationToken);
        var filter = LdapFilterReader.TryRead(provider.UserFilter)!;
        var found = await connection.SearchAsync(new LdapSearch(provider.UserBase, filter, new LdapNames(shown.User), filter.NameAttribute, 1), cancellationToken);
        var entry = found is { Entries: [var only], HasMore: false } && only.Dn.Length is > 0 and <= MostOfDn ? only : null;
        // By the entry, too: one user may be written in many ways. Who comes to that limit is told nothing, for the limit tells that there is an entry; where there
        // is none, as much is counted, so that it takes as long.
        var person = entry is null ? $"{counted.Typed}|" : $"{counted.Provider}|{DistinguishedName.TryNormalize(entry.Dn)?.ToUpperInvariant() ?? entry.Dn}";
        var reason = entry is not null ? null : found.Entries.Count > 0 ? LdapRefusals.SeveralUsers : LdapRefusals.NoSuchUser;
        if (await counted.Guess.CountAsync(person) > TimeSpan.Zero)
            (entry, reason) = (null, reason ?? LdapRefusals.TooManyTries);
        // Nobody's entry: asked for all the same, so that the answer takes as long, and whatever it is, it is no.
        var accepted = await connection.BindAsync(entry?.Dn ?? $"cn=daypass-nobody,{provider.UserBase}", shown.Password, cancellationToken);
        if (!accepted || entry is null)
        {
            counted.Guess.Wrong();
            throw Errors.WrongPassword(reason ?? connection.Refusal ?? LdapRefusals.Other);
        }
        counted.Guess.Right();
        var name = NameOf(entry, shown.User);
        await BecomeAsync(connection, provider, bindPassword, cancellationToken);
        return new LdapUser(entry.Dn, name, await LdapGroups.FindAsync(connection, provider, new LdapNames(name, entry.Dn), cancellationToken));
    }

    private static async Task BecomeAsync(ILdapConnection connection, LdapProvider provider, string password, CancellationToken cancellationToken)
    {
        if (!await connection.BindAsync(provider.BindDn, password, cancellationToken))
            throw new FetchException(FetchFault.Unusable, "it does not accept the provider's own BindDn and BindPassword");
    }

    // As the directory has it: it takes "ALICE" for alice, and policies that name alice must not be got around by that.
    private static string NameOf(LdapEntry entry, string typed) => entry.Values switch
    {
        [{ Length: <= MostOfName } only] => only,
        var several => several.FirstOrDefault(value => value.Equals(typed, StringComparison.OrdinalIgnoreCase))
            ?? throw new FetchException(FetchFault.Unusable, "the user's entry has no value, several others, or a long one, of the attribute that the provider's UserFilter compares with the name"),
    };

    private static LdapServer ServerOf(LdapProvider provider) =>
        new(LdapServerUrl.TryParse(provider.Url, out _)!, provider.Encryption, ServerTrust.Of([], provider.CertificateAuthorities));

    // As directories compare names, or more strictly.
    private static string Fold(string name) => string.Join(' ', name.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private readonly record struct Counted(PasswordGuess Guess, string Provider, string Typed);
}

/// <summary>What a caller shows.</summary>
internal readonly record struct LdapPassword(string User, string Password)
{
    // Records print their members.
    public override string ToString() => User;
}
