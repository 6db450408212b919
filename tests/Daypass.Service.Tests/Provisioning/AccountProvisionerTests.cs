using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Provisioning;

public sealed class AccountProvisionerTests
{
    private static readonly AccountId Made = AccountId.Of(500_000_000_000);
    private readonly ProvisioningWorld _world = new();

    [Fact]
    public async Task A_request_makes_an_account_that_the_management_account_can_get_into()
    {
        var node = await RunAsync();
        var account = node.Directories.Installation.FindAccount(Made)!;
        Assert.Equal(("Second", "b@example.com", "123456789012"), (account.Name, account.Email, account.ManagementAccount));
        var directory = await node.LoadAsync(Made);
        Assert.Equal(("o-0123456789", "123456789012"), (directory.Settings!.OrganizationId, directory.Settings.ManagementAccount));
        var role = directory.FindRole("OrganizationAccountAccessRole")!;
        Assert.Equal("AROA500000000000AAAAA", role.Id);
        Assert.Equal(["arn:aws:iam::aws:policy/AdministratorAccess"], role.Attached);
        Assert.NotEmpty(directory.PoliciesOf(role).Identity);
        Assert.Empty(directory.Documents.All(DocumentKinds.User));
    }

    [Theory]
    [InlineData(123456789012, true)]
    [InlineData(999999999999, false)]
    public async Task The_role_trusts_the_management_account_and_no_other(long account, bool isTrusted)
    {
        var node = await RunAsync();
        var role = (await node.LoadAsync(Made)).FindRole("OrganizationAccountAccessRole")!;
        var caller = Principal.User(AccountId.Of(account), $"arn:aws:iam::{account}:user/alice", "AIDAEXAMPLE");
        var mayAssume = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}}""", PolicyType.Identity);
        var request = new AccessRequest(caller, "sts:AssumeRole", role.ArnIn(Made).ToString(), Made, new RequestContext(), true);
        var decision = PolicyEvaluator.Evaluate(request, new PolicySet { Identity = [new Policy(mayAssume, "p", null)], Resource = [AccountDirectory.TrustOf(role)] });
        Assert.Equal(isTrusted, decision.IsAllowed);
    }

    [Fact]
    public async Task The_organization_lists_the_account_and_the_request_has_succeeded()
    {
        var node = await RunAsync();
        var request = await node.RequestAsync();
        Assert.Equal((CreateAccountStates.Succeeded, null), (request.State, request.FailureReason));
        Assert.NotNull(request.Completed);
        var listed = Assert.Single((await node.LoadAsync(ProvisioningWorld.Management)).Documents.All(DocumentKinds.OrganizationAccount));
        Assert.Equal(("500000000000", "Second", "b@example.com", "CREATED", "ACTIVE"), (listed.Id, listed.Name, listed.Email, listed.JoinedMethod, listed.Status));
        Assert.Equal([new Tag("team", "blue")], listed.Tags);
    }

    [Fact]
    public async Task Each_step_is_in_the_trail_of_the_account_that_it_concerns()
    {
        await RunAsync();
        Assert.Equal(
            [("500000000000", "CreateAccount"), ("500000000000", "CreateRole"), ("123456789012", "CreateAccountResult")],
            _world.Store.Trail.Select(found => (found.Account.ToString(), found.EventName)));
        Assert.All(_world.Store.Trail, found =>
        {
            var record = JsonNode.Parse(found.Record.Span)!;
            Assert.Equal("AwsServiceEvent", record["eventType"]!.GetValue<string>());
            Assert.Equal("organizations.amazonaws.com", record["userIdentity"]!["invokedBy"]!.GetValue<string>());
            Assert.Equal(found.EventId, record["eventID"]!.GetValue<string>());
            Assert.Equal(found.Account.ToString(), record["recipientAccountId"]!.GetValue<string>());
            Assert.DoesNotContain("b@example.com", record.ToJsonString());
        });
        var status = JsonNode.Parse(_world.Store.Trail[^1].Record.Span)!["serviceEventDetails"]!["createAccountStatus"]!;
        Assert.Equal(("SUCCEEDED", "500000000000"), (status["state"]!.GetValue<string>(), status["accountId"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task A_node_that_dies_at_any_step_leaves_what_the_next_one_finishes(int step, bool afterTheCommit)
    {
        await PrepareAsync();
        var seen = 0;
        void Die(Commit commit)
        {
            if (++seen == step)
                throw new InvalidOperationException("The node died.");
        }
        if (afterTheCommit)
            _world.Store.AfterCommit = Die;
        else
            _world.Store.BeforeCommit = Die;
        var dying = await _world.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(dying.RunAsync);
        (_world.Store.BeforeCommit, _world.Store.AfterCommit) = (_ => { }, _ => { });

        var next = await _world.StartAsync();
        await next.RunAsync();
        Assert.Equal(CreateAccountStates.Succeeded, (await next.RequestAsync()).State);
        Assert.Equal("AROA500000000000AAAAA", (await next.LoadAsync(Made)).FindRole("OrganizationAccountAccessRole")!.Id);
        Assert.Single((await next.LoadAsync(ProvisioningWorld.Management)).Documents.All(DocumentKinds.OrganizationAccount));
        Assert.Equal(["CreateAccount", "CreateRole", "CreateAccountResult"], _world.Store.Trail.Select(found => found.EventName));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_node_whose_commit_got_no_answer_finishes_itself(int step)
    {
        await PrepareAsync();
        var seen = 0;
        _world.Store.AfterCommit = _ =>
        {
            if (++seen == step)
                throw new StoreUnavailableException("The connection was cut.");
        };
        var node = await _world.StartAsync();
        await node.RunAsync();
        Assert.Equal(CreateAccountStates.Succeeded, (await node.RequestAsync()).State);
        Assert.Equal(["CreateAccount", "CreateRole", "CreateAccountResult"], _world.Store.Trail.Select(found => found.EventName));
    }

    [Fact]
    public async Task Nodes_that_do_the_same_at_once_do_it_once()
    {
        await PrepareAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.StartAsync()));
        await Task.WhenAll(nodes.Select(node => Task.Run(node.RunAsync)));
        Assert.Equal(["CreateAccount", "CreateRole", "CreateAccountResult"], _world.Store.Trail.Select(found => found.EventName));
    }

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("A@Example.com")]
    public async Task An_address_that_another_account_has_fails_the_request_and_makes_nothing(string email)
    {
        await PrepareAsync(email);
        var node = await _world.StartAsync();
        await node.RunAsync();
        var request = await node.RequestAsync();
        Assert.Equal((CreateAccountStates.Failed, "EMAIL_ALREADY_EXISTS"), (request.State, request.FailureReason));
        Assert.NotNull(request.Completed);
        Assert.Null(node.Directories.Installation.FindAccount(Made));
        Assert.Null(await _world.Store.LoadAsync(SetId.Of(Made), default));
        var result = Assert.Single(_world.Store.Trail);
        Assert.Equal("EMAIL_ALREADY_EXISTS", JsonNode.Parse(result.Record.Span)!["serviceEventDetails"]!["createAccountStatus"]!["failureReason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_two_requests_with_one_address_the_second_fails_whichever_nodes_do_them()
    {
        await PrepareAsync();
        await _world.RequestAsync("car-00000002", "500000000001");
        // A second node takes up the second request while the first is about to register the first one's account.
        var (first, second) = (await _world.StartAsync(), await _world.StartAsync());
        await second.LoadAsync(ProvisioningWorld.Management);
        var isNested = false;
        _world.Store.BeforeCommit = _ =>
        {
            if (isNested)
                return;
            isNested = true;
            second.RunAsync().GetAwaiter().GetResult();
        };
        await first.RunAsync();
        var states = new[] { (await first.RequestAsync()).State, (await first.RequestAsync("car-00000002")).State };
        Assert.Equal([CreateAccountStates.Failed, CreateAccountStates.Succeeded], states.Order(StringComparer.Ordinal));
        Assert.Equal(2, first.Directories.Installation.Documents.Count(DocumentKinds.Account));
    }

    [Fact]
    public async Task A_number_that_somebody_else_got_meanwhile_is_not_taken_over()
    {
        await PrepareAsync();
        var other = new Account { Id = Made.ToString(), Name = "Other", Email = "other@example.com", Created = DateTimeOffset.UnixEpoch, ManagementAccount = "999999999999" };
        await _world.PutAsync(SetId.Installation, DocumentKinds.Account, other);
        var node = await _world.StartAsync();
        await node.RunAsync();
        Assert.Equal("INTERNAL_FAILURE", (await node.RequestAsync()).FailureReason);
        Assert.Equal("Other", node.Directories.Installation.FindAccount(Made)!.Name);
        Assert.Null(await _world.Store.LoadAsync(SetId.Of(Made), default));
    }

    [Fact]
    public async Task What_is_finished_is_not_touched_again()
    {
        var node = await RunAsync();
        var commits = _world.Store.Commits;
        Assert.False(await node.RunAsync());
        Assert.Equal(commits, _world.Store.Commits);
    }

    [Fact]
    public async Task A_start_looks_into_no_account_when_nothing_is_unfinished()
    {
        await RunAsync();
        var node = await _world.StartAsync();
        Assert.Empty(node.Provisioner.Unfinished());
        Assert.False(await node.RunAsync());
        // The installation's own set.
        Assert.Equal(1, node.Directories.Count);
    }

    private async Task PrepareAsync(string email = "b@example.com")
    {
        await _world.OrganizeAsync();
        await _world.RequestAsync(email: email);
    }

    private async Task<Node> RunAsync()
    {
        await PrepareAsync();
        var node = await _world.StartAsync();
        Assert.True(await node.RunAsync());
        return node;
    }
}
