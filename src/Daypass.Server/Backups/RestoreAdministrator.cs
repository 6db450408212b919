using Daypass.Names;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Backups;

/// <summary>Finds the user of the first account who gets a new access key where nobody could come in otherwise, and makes it.</summary>
internal sealed class RestoreAdministrator(RestoreChoice choice, AccountId account, Vault vault, DateTimeOffset now, IEntropy entropy)
{
    private const string AdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
    private readonly List<User> _users = [];
    private readonly List<Group> _groups = [];
    private readonly HashSet<string> _withKey = [];

    public string Set { get; } = account.ToString();

    /// <summary>Whose key was made; null when none was.</summary>
    public User? User { get; private set; }

    public string AccessKeyId { get; private set; } = "";

    public string Secret { get; private set; } = "";

    /// <summary>Sees each document of the backup.</summary>
    public void Watch(string set, Document document)
    {
        if (set != Set || document.Key.Kind is not ("user" or "group"))
            return;
        var value = DocumentKinds.Read(document);
        if (value is User user)
            _users.Add(user);
        else if (value is Group group)
            _groups.Add(group);
    }

    /// <summary>A key stays active.</summary>
    public void Note(string set, AccessKey key)
    {
        if (set == Set)
            _withKey.Add(key.UserId);
    }

    /// <summary>After the last document: the new key, or null when the administrator has one that works.</summary>
    /// <exception cref="StartException">There is no such user.</exception>
    public AccessKey? NewKey()
    {
        var administrators = _users.Where(IsAdministrator).ToList();
        if (choice.Administrator is null && administrators.Any(user => _withKey.Contains(user.Id)))
            return null;
        User = choice.Administrator is { } name
            ? _users.FirstOrDefault(user => user.Name == name) ?? throw new StartException($"The first account, {account}, has no user '{name}': name one that it has with --administrator.")
            : administrators.FirstOrDefault() ?? throw new StartException($"The first account, {account}, has no user with AdministratorAccess: name the one who gets a new access key with --administrator.");
        (AccessKeyId, Secret) = (Identifiers.AccessKey(Names.AccessKeyId.LongTermPrefix, account, entropy), Identifiers.Secret(entropy));
        return new AccessKey
        {
            Id = AccessKeyId,
            UserId = User.Id,
            Created = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            SealedSecret = vault.SealSecret(Secret, account, User.Id, AccessKeyId, entropy),
        };
    }

    private bool IsAdministrator(User user) =>
        user.Attached.Contains(AdministratorAccess) || user.Groups.Any(id => _groups.Any(group => group.Id == id && group.Attached.Contains(AdministratorAccess)));
}
