namespace Daypass.Cluster.Tests.Model;

/// <summary>
/// The plain model: what each write answers and does, and what each use needs. Ids that nobody was told begin with a question mark: they may
/// be any.
/// </summary>
internal static class Rules
{
    public const string Ok = "OK";
    public const string Allow = "allow";
    public const string Deny = "deny";
    private const int KeysOfAUser = 2;

    /// <summary>What a write may answer, and what is so after it.</summary>
    internal readonly record struct Branch(string Code, Facts Next);

    internal delegate IEnumerable<Branch> Effect(Facts facts, string id);

    public static string User(string name) => $"user:{name}";

    public static string Keys(string user) => $"key:{user}:";

    public static string Key(string user, string id) => Keys(user) + id;

    public static string Inline(string user) => $"inline:{user}";

    public static string Attached(string user) => $"attached:{user}";

    public static string Role(string name) => $"role:{name}";

    public static string RoleInline(string role) => $"roleinline:{role}";

    public static Effect CreateUser(string user) => (facts, _) => One(facts.Has(User(user)), "EntityAlreadyExists", facts, () => facts.With(User(user), ""));

    public static Effect DeleteUser(string user) => (facts, _) =>
        !facts.Has(User(user)) ? Refuse("NoSuchEntity", facts)
        : One(facts.Under(Keys(user)).Any() || facts.Has(Inline(user)) || facts.Has(Attached(user)), "DeleteConflict", facts, () => facts.Without(User(user)));

    public static Effect CreateAccessKey(string user) => (facts, id) =>
        !facts.Has(User(user)) ? Refuse("NoSuchEntity", facts)
        : One(facts.Under(Keys(user)).Count() == KeysOfAUser, "LimitExceeded", facts, () => facts.With(Key(user, id), "Active"));

    public static Effect UpdateAccessKey(string user, string key, string status) => (facts, _) =>
        One(!facts.Has(Key(user, key)), "NoSuchEntity", facts, () => facts.With(Key(user, key), status));

    public static Effect DeleteAccessKey(string user, string key) => (facts, _) =>
    {
        if (facts.Has(Key(user, key)))
            return [new Branch(Ok, facts.Without(Key(user, key)))];
        // It may be one whose id nobody was told.
        return facts.Under(Keys(user) + "?").Select(unknown => new Branch(Ok, facts.Without(unknown))).Append(new Branch("NoSuchEntity", facts));
    };

    public static Effect PutUserPolicy(string user, string what) => (facts, _) => One(!facts.Has(User(user)), "NoSuchEntity", facts, () => facts.With(Inline(user), what));

    public static Effect DeleteUserPolicy(string user) => (facts, _) => One(!facts.Has(Inline(user)), "NoSuchEntity", facts, () => facts.Without(Inline(user)));

    public static Effect AttachUserPolicy(string user) => (facts, _) => One(!facts.Has(User(user)), "NoSuchEntity", facts, () => facts.With(Attached(user), ""));

    public static Effect DetachUserPolicy(string user) => (facts, _) => One(!facts.Has(Attached(user)), "NoSuchEntity", facts, () => facts.Without(Attached(user)));

    public static Effect CreateRole(string role) => (facts, id) => One(facts.Has(Role(role)), "EntityAlreadyExists", facts, () => facts.With(Role(role), id));

    public static Effect DeleteRole(string role) => (facts, _) =>
        !facts.Has(Role(role)) ? Refuse("NoSuchEntity", facts)
        : One(facts.Has(RoleInline(role)), "DeleteConflict", facts, () => facts.Without(Role(role)));

    public static Effect PutRolePolicy(string role) => (facts, _) => One(!facts.Has(Role(role)), "NoSuchEntity", facts, () => facts.With(RoleInline(role), Allow));

    public static Effect DeleteRolePolicy(string role) => (facts, _) => One(!facts.Has(RoleInline(role)), "NoSuchEntity", facts, () => facts.Without(RoleInline(role)));

    public static bool? KeyIsGood(Facts facts, string user, string key) => facts.Find(Key(user, key)) == "Active";

    public static bool? UserMay(Facts facts, string user, string key) =>
        KeyIsGood(facts, user, key) == true && facts.Find(Inline(user)) != Deny && (facts.Find(Inline(user)) == Allow || facts.Has(Attached(user)));

    public static bool? UserAssumes(Facts facts, string user, string key, string role) => UserMay(facts, user, key) == true && facts.Has(Role(role));

    /// <summary>A session is as good as the key that it came of. Null: the role may be the one that it is of, or a later one of the same name.</summary>
    public static bool? SessionIsGood(Facts facts, Session session) =>
        KeyIsGood(facts, session.User, session.Key) == true ? RoleIs(facts, session.Role, session.Id) : false;

    private static bool? RoleIs(Facts facts, string role, string id) =>
        facts.Find(Role(role)) is not { } now ? false : now == id ? true : now.StartsWith('?') ? null : false;

    public static bool? SessionMay(Facts facts, Session session) => facts.Has(RoleInline(session.Role)) ? SessionIsGood(facts, session) : false;

    /// <summary>A session of a role, and whose key assumed it.</summary>
    internal sealed record Session(string User, string Key, string Role, string Id, System.Text.Json.JsonElement Credentials);

    private static Branch[] One(bool isRefused, string refusal, Facts facts, Func<Facts> next) => [isRefused ? new Branch(refusal, facts) : new Branch(Ok, next())];

    private static Branch[] Refuse(string code, Facts facts) => [new Branch(code, facts)];
}
