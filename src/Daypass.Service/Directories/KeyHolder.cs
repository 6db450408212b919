using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Directories;

/// <summary>An access key and whose it is, as one snapshot has them.</summary>
internal sealed class KeyHolder(AccountId account, AccessKey key, User user, Documents documents)
{
    private object? _users;

    public AccessKey Key { get; } = key;

    public User User { get; } = user;

    /// <summary>The user as policies see it.</summary>
    public Principal Principal { get; } = Principal.User(account, user.ArnIn(account).ToString(), user.Id);

    /// <summary>Names the key's secret: another secret under the same id has another revision, or is of another epoch.</summary>
    public string SecretIdentity { get; } = $"{key.Id}#{documents.Position.Epoch}#{documents.RevisionOf(DocumentKinds.AccessKey.KeyOf(key))}";

    /// <summary>The version of the account's users that the holder was found in.</summary>
    public object? Users
    {
        get => Volatile.Read(ref _users);
        set => Volatile.Write(ref _users, value);
    }
}
