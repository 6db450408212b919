namespace Daypass.Testing;

/// <summary>Who is in the directory of <see cref="SlapdServer"/>.</summary>
internal static class SlapdEntries
{
    /// <summary>
    /// alice is in admins and staff, bob in staff, carol in no group; "twin" are two; one name is made of what filters are made of; behind ou=elsewhere is a
    /// referral. staff is in everybody, and everybody and company in each other; admins is in deep0, that in deep1, and so on to deep12.
    /// </summary>
    public static string Ldif => $"""
        dn: dc=example,dc=com
        objectClass: dcObject
        objectClass: organization
        o: Example
        dc: example

        dn: {SlapdServer.People}
        objectClass: organizationalUnit
        ou: people

        dn: ou=more,{SlapdServer.People}
        objectClass: organizationalUnit
        ou: more

        dn: {SlapdServer.Groups}
        objectClass: organizationalUnit
        ou: groups

        dn: {SlapdServer.BindDn}
        objectClass: simpleSecurityObject
        objectClass: organizationalRole
        cn: lookup
        userPassword: {SlapdServer.BindPassword}

        {Person("alice", SlapdServer.People)}
        {Person("bob", SlapdServer.People)}
        {Person("carol", SlapdServer.People)}
        {Person("twin", SlapdServer.People)}
        {Person("twin", "ou=more," + SlapdServer.People)}
        {Person("*)(uid=*", SlapdServer.People)}
        {Group("admins", "alice")}
        {Group("staff", "alice", "bob", "*)(uid=*")}
        {GroupOfGroups("everybody", "staff", "company")}
        {GroupOfGroups("company", "everybody")}
        {GroupOfGroups("deep0", "admins")}
        {string.Concat(Enumerable.Range(1, 12).Select(level => GroupOfGroups($"deep{level}", $"deep{level - 1}") + "\n"))}
        dn: ou=elsewhere,dc=example,dc=com
        objectClass: referral
        objectClass: extensibleObject
        ou: elsewhere
        ref: ldap://127.0.0.1:1/ou=elsewhere,dc=example,dc=com

        """;

    private static string Person(string user, string under) => $"""
        dn: uid={user},{under}
        objectClass: inetOrgPerson
        uid: {user}
        cn: {user}
        sn: {user}
        userPassword: {SlapdServer.PasswordOf(user)}

        """;

    private static string GroupOfGroups(string name, params string[] groups) => Group(name, groups.Select(group => $"cn={group},{SlapdServer.Groups}"));

    private static string Group(string name, params string[] members) => Group(name, members.Select(member => $"uid={member},{SlapdServer.People}"));

    private static string Group(string name, IEnumerable<string> members) => $"""
        dn: cn={name},{SlapdServer.Groups}
        objectClass: groupOfNames
        cn: {name}
        {string.Join('\n', members.Select(member => $"member: {member}"))}

        """;
}
