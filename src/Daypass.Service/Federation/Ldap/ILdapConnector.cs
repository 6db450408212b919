namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Speaks to LDAP servers: encrypted before anything is said, only at addresses that may be called, within bounds of size. The boundary where
/// AssumeRoleWithLDAPIdentity meets the network; whoever calls bounds the time.
/// </summary>
internal interface ILdapConnector
{
    /// <exception cref="FetchException">Nobody to speak to, or nobody who is vouched for.</exception>
    Task<ILdapConnection> ConnectAsync(LdapServer server, CancellationToken cancellationToken);
}

/// <summary>A conversation with one server, one question at a time.</summary>
internal interface ILdapConnection : IAsyncDisposable
{
    /// <summary>Why the last bind was refused, in one of the words of <see cref="LdapRefusals"/>: for the trail, and for nobody else.</summary>
    string? Refusal { get; }

    /// <summary>Becomes somebody else. False when the directory does not accept it, whatever it has against it.</summary>
    /// <exception cref="ArgumentException">One of them is empty: LDAP takes that for nobody in particular, and says yes (RFC 4513, section 5.1).</exception>
    /// <exception cref="FetchException">The server is not able to tell.</exception>
    /// <remarks>What the directory said to a no is <see cref="Refusal"/> then.</remarks>
    Task<bool> BindAsync(string dn, string password, CancellationToken cancellationToken);

    /// <summary>What is found below a base. Referrals lead nowhere: they are left out, or are a failure where the server has nothing else to say.</summary>
    /// <exception cref="FetchException">The search failed.</exception>
    Task<LdapFound> SearchAsync(LdapSearch search, CancellationToken cancellationToken);
}

/// <summary>A server and who vouches for it.</summary>
internal sealed record LdapServer(LdapServerUrl Url, LdapEncryption Encryption, ServerTrust Trust);

/// <summary>What is searched for.</summary>
/// <param name="Base">Below and including which entry.</param>
/// <param name="Filter">Which entries.</param>
/// <param name="Names">What the filter is filled with.</param>
/// <param name="Attribute">The one attribute whose values are wanted; null for none.</param>
/// <param name="Most">How many entries at most.</param>
internal sealed record LdapSearch(string Base, LdapFilter Filter, LdapNames Names, string? Attribute, int Most);

/// <summary>What was found.</summary>
/// <param name="Entries">In the server's order.</param>
/// <param name="HasMore">Whether there are more than were asked for.</param>
internal sealed record LdapFound(IReadOnlyList<LdapEntry> Entries, bool HasMore);

/// <summary>An entry, with the values of the attribute that was asked for.</summary>
internal sealed record LdapEntry(string Dn, IReadOnlyList<string> Values);
