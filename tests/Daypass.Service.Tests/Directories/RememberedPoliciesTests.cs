using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>What is computed of a principal stays while it is right, and no longer.</summary>
public sealed class RememberedPoliciesTests
{
    private const string AllowAll = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string DenyAll = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""";
    private static readonly AccountId Account = AccountId.Of(123456789012);
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private Documents _documents = Documents.Empty(SetId.Of(Account), default);

    public RememberedPoliciesTests()
    {
        Put(DocumentKinds.Group, TheGroup);
        Put(DocumentKinds.User, NewUser("alice") with { Groups = [TheGroup.Id] });
        Put(DocumentKinds.User, NewUser("bob"));
        Put(DocumentKinds.AccessKey, TheKey);
    }

    private static Group TheGroup => new() { Name = "team", Path = "/", Id = "AGPATEAM", Created = Then, Inline = [new InlinePolicy("p", AllowAll)] };

    private static AccessKey TheKey => new() { Id = "AKIAALICE", UserId = "AIDAalice", Created = Then, SealedSecret = [1] };

    private AccountDirectory Now => new(Account, _documents);

    [Fact]
    public void A_write_to_one_user_costs_the_others_nothing()
    {
        var before = PoliciesOf("alice");
        Put(DocumentKinds.User, NewUser("bob") with { Path = "/moved/" });
        Assert.Same(before, PoliciesOf("alice"));
    }

    [Fact]
    public void A_change_of_the_groups_policies_is_seen_at_once()
    {
        var before = PoliciesOf("alice");
        Put(DocumentKinds.Group, TheGroup with { Inline = [new InlinePolicy("p", DenyAll)] });
        var after = PoliciesOf("alice");
        Assert.NotSame(before, after);
        Assert.NotSame(before.Identity[0].Document, after.Identity[0].Document);
    }

    [Fact]
    public void A_change_of_the_user_is_seen_at_once()
    {
        Assert.Single(PoliciesOf("alice").Identity);
        Put(DocumentKinds.User, NewUser("alice"));
        Assert.Empty(PoliciesOf("alice").Identity);
    }

    [Fact]
    public void A_snapshot_taken_before_keeps_its_policies()
    {
        var before = Now;
        Put(DocumentKinds.Group, TheGroup with { Inline = [] });
        Assert.Empty(PoliciesOf("alice").Identity);
        Assert.Single(before.PoliciesOf(before.FindUser("alice")!).Identity);
        Assert.Empty(PoliciesOf("alice").Identity);
    }

    [Fact]
    public void A_keys_holder_stays_while_its_user_is_the_same_and_no_longer()
    {
        var before = Now;
        var holder = before.FindHolder(TheKey.Id)!;
        Put(DocumentKinds.User, NewUser("bob") with { Path = "/moved/" });
        Assert.Same(holder, Now.FindHolder(TheKey.Id));
        Put(DocumentKinds.User, NewUser("alice") with { Path = "/moved/" });
        Assert.Equal("/moved/", Now.FindHolder(TheKey.Id)!.User.Path);
        Assert.Equal("/", before.FindHolder(TheKey.Id)!.User.Path);
        Assert.Equal("/moved/", Now.FindHolder(TheKey.Id)!.User.Path);
    }

    [Fact]
    public void A_key_whose_user_is_gone_is_nobodys()
    {
        Assert.NotNull(Now.FindHolder(TheKey.Id));
        Apply([], [DocumentKinds.User.KeyOf(NewUser("alice"))]);
        Assert.Null(Now.FindHolder(TheKey.Id));
    }

    private static User NewUser(string name) => new() { Name = name, Path = "/", Id = "AIDA" + name, Created = Then };

    private PrincipalPolicies PoliciesOf(string user) => Now.PoliciesOf(Now.FindUser(user)!);

    private void Put<T>(DocumentKind<T> kind, T value)
        where T : class => Apply([new Document(kind.KeyOf(value), _documents.Position.Sequence + 1, kind.Write(value))], []);

    private void Apply(Document[] puts, DocumentKey[] deletes) =>
        _documents = _documents.Apply(new Change(new FeedPosition("e", _documents.Position.Sequence + 1), _documents.Set, puts, deletes));
}
