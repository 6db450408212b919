using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;
using Daypass.Service.Usage;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Every request goes through here, and every shared step is here, so that no action can forget one:
/// <code>
/// 0 Admit     rates, before anything costs
/// 1 Parse     done by the dialect: an action, named parameters, what was signed
/// 2 Read      the action's typed request; violations of form wait until the caller is proven
/// 3 Load      the directories that the call needs, in memory
/// 4 Prove     who calls, and the second factor if one is shown
/// 5 Ask       what the call needs; the engine answers with all policy types
/// 6 Run       the response and the changes, purely
/// 7 Commit    changes and audit in one transaction; without changes, the audit event durable in the journal
/// 8 Answer    a refusal that rests on absence is decided again if this node's view was older than the request
/// </code>
/// Called by: the dialects.
/// </summary>
internal sealed class RequestPipeline(
    DirectoryCache directories,
    Authenticators authenticators,
    SecondFactors secondFactors,
    AuditJournal journal,
    ITrailReader trail,
    ITrailArchive archive,
    INodeRegistry nodes,
    LastUsedMarks usage,
    SubjectRegister subjects,
    IssuerKeys issuers,
    RefusalSummary refusals,
    Throttle throttle,
    Vault vault,
    SigningKeyCache signingKeys,
    ServiceSettings settings,
    IEntropy entropy,
    TimeProvider time,
    Action<ApiRequest, Exception> reportFailure)
{
    private const int MaxTries = 32;
    private readonly HeavyWork _heavy = HeavyWork.OfThisMachine();

    /// <summary>Nothing new is begun for a request that is older.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(500);

    private readonly Gathering _gathering = new(trail, archive, nodes, usage, subjects, issuers, vault, time);
    private readonly DamagedPolicies _damaged = new(reportFailure);
    private readonly RefusedCalls _refused = new(directories, journal, refusals, throttle, subjects, entropy, time, reportFailure);

    public async ValueTask<ApiAnswer> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var course = new Course(time.GetTimestamp());
        try
        {
            throttle.Admit(request.SourceIp);                                                    // 0
            var answer = await DecideAsync(request, course, cancellationToken);
            CallerMarks.Note(subjects, course.Caller, isLetIn: true);
            return answer;
        }
        catch (ApiException refusal)
        {
            return await _refused.AnswerAsync(request, course.Caller, refusal);
        }
        catch (JournalUnavailableException)
        {
            return new ApiAnswer(null, Errors.Unavailable("The audit trail cannot be written, so nothing is issued. Try again later.").Error);
        }
        catch (StoreUnavailableException)
        {
            return await _refused.AnswerAsync(request, course.Caller, Errors.StoreAway());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever went wrong inside: never an allow, never a detail.
            reportFailure(request, failure);
            return await _refused.AnswerAsync(request, course.Caller, Errors.InternalFailure(failure.GetType().Name));
        }
    }

    private async ValueTask<ApiAnswer> DecideAsync(ApiRequest request, Course course, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(request, course, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.Error.RestsOnAbsence && !course.IsCurrent)    // 8
        {
            if (!await IsReadSinceAsync(course))
                throw refusal.Error.IsDenial && directories.View.IsOut ? refusal : Errors.StoreAway();
            return await TryAsync(request, course, cancellationToken);
        }
    }

    private async ValueTask<ApiAnswer> TryAsync(ApiRequest request, Course course, CancellationToken cancellationToken)
    {
        WriterTurns.Turn? turn = null;
        try
        {
            for (var attempt = 1; attempt <= MaxTries && Left(course) > TimeSpan.Zero; attempt++)
            {
                await (turn?.PauseAsync(cancellationToken) ?? Task.CompletedTask);
                if (await PrepareAsync(request, course, cancellationToken) is not var (call, scene)) // 2, 3, 4
                    continue;
                if (!request.Action.IsHot && !course.IsCurrent && !course.HasCaughtUp)
                {
                    await CatchUpAsync(request.Action, course);
                    continue;
                }
                if (call.SecondFactor is { } shown)
                    scene = scene with { Mfa = await secondFactors.ProveAsync(shown, scene) };   // 4
                var question = call.Ask(scene);
                _damaged.Look(request, scene.Caller, question);
                Authorizer.Require(scene, question);                                             // 5
                if (call.Load(scene) is { } load && !course.IsWeighed)
                    throttle.AdmitLoad(load);
                course.IsWeighed = true;
                scene = await _gathering.AddAsync(call, scene, Left(course), cancellationToken);
                request.Parameters.Written.LookOver(request, reportFailure);
                var (response, changes) = await _heavy.RunAsync(request.Action, call, scene);    // 6
                if (scene.Mfa is { } proof)
                    changes = proof.SpendIn(changes, scene);
                foreach (var account in call.LetInBy(response))
                    directories.MarkUsed(account);
                if (response is IManyAnswers { RestsOnAbsence: true } answers && !course.IsCurrent)  // 8, for each
                {
                    if (await CanLookAgainAsync(course))
                        continue;
                    response = answers.Undecided();
                }
                if (response is IExplainsRefusals { Refusals: > 0 } told && !throttle.MayExplain(told.Service, told.Refusals))
                    response = told.Unexplained();
                // Behind those who wait for their turn already, and with what they will have written: else whoever comes new wins
                // against them again and again.
                if (changes is not null && turn is null && directories.Writers.HasLine(changes.Set))
                {
                    turn = await EnterAsync(changes, course, cancellationToken);
                    continue;
                }
                if (await CommitAsync(request, call, scene, response, changes, course))          // 7
                {
                    turn?.Win();
                    return new ApiAnswer(response, null);
                }
                // Somebody else wrote what this call rests on: from here on this node's writers to the set take turns.
                turn?.Lose();
                turn ??= await EnterAsync(changes!, course, cancellationToken);
            }
            throw Errors.ConcurrentModification();
        }
        finally
        {
            turn?.Dispose();
        }
    }

    // What is shown, and what is written, is what is true everywhere. A store that does not answer now, whatever it did before, leaves what is here
    // to be shown, and nothing to be written.
    private async ValueTask CatchUpAsync(ApiAction action, Course course)
    {
        var isRead = await (action.Writes ? directories.View.InsistSinceAsync(course.Arrived) : directories.View.LookSinceAsync(course.Arrived));
        if (!isRead && action.Writes)
            throw Errors.StoreAway();
        course.HasCaughtUp = true;
    }

    // Who has proven nothing makes the store do nothing, either. Who has proven who he is gets no answer that a moment's patience would better.
    private ValueTask<bool> IsReadSinceAsync(Course course) =>
        course.Caller is null ? directories.View.CatchUpWhenDueAsync(course.Arrived)
        : directories.View.IsOut ? ValueTask.FromResult(false)
        : directories.View.InsistSinceAsync(course.Arrived);

    // In strangers' names: so not at once, and not more than once.
    private async ValueTask<bool> CanLookAgainAsync(Course course)
    {
        if (course.HasCaughtUp)
            return false;
        course.HasCaughtUp = true;
        return await directories.View.CatchUpWhenDueAsync(course.Arrived);
    }

    private async ValueTask<WriterTurns.Turn> EnterAsync(Changes changes, Course course, CancellationToken cancellationToken) =>
        await directories.Writers.EnterAsync(changes.Set, Left(course), cancellationToken) ?? throw Errors.ConcurrentModification();

    private TimeSpan Left(Course course) => Patience - time.GetElapsedTime(course.Arrived);

    /// <summary>The call and what it looks at, all of one moment; null when that went stale on the way, and must be looked at again.</summary>
    private async ValueTask<(ActionCall Call, Scene Scene)?> PrepareAsync(ApiRequest request, Course course, CancellationToken cancellationToken)
    {
        var realTime = time.GetUtcNow();
        var ready = directories.View.ReadyAsync(time.GetTimestamp(), realTime);
        if (!ready.IsCompletedSuccessfully)
        {
            await ready;
            realTime = time.GetUtcNow();
        }
        course.IsCurrent = directories.View.IsCurrentSince(course.Arrived);
        course.Life = directories.Life;
        var installation = directories.Installation;
        var now = realTime + installation.ClockOffset;
        var caller = await authenticators.ProveAsync(request, now, proven => course.Caller = proven, cancellationToken);
        // However often a conflict makes it try again, it is one call of its account; and only a call that somebody may make.
        if (!course.IsAdmitted)
        {
            throttle.AdmitAccount(caller.Account, request.Action);
            journal.Room.Admit(request.Action);
        }
        course.IsAdmitted = true;
        // A provider may give tokens to everybody: whoever comes with one is let in by the role, or not at all.
        if (caller.Federation is null)
        {
            CallerMarks.Keep(directories, caller);
            CallerMarks.Mark(usage, caller, request.Action, now);
        }
        CallerRules.Check(caller, request.Action);
        var parameters = new Parameters(request.Parameters) { Grammar = UprojectGrammar.For(request), Syntax = settings.Brand.Syntax };
        var call = request.Action.Bind(parameters);
        if (parameters.Violations.Count > 0)
            throw Errors.Validation(parameters.Violations);
        parameters.Grammar?.RequireOneReading(request);
        var accounts = await LoadAsync(call.Needs(installation, caller.Home, vault), caller.Home, cancellationToken);
        if (!directories.Serves(course.Life, time.GetTimestamp(), realTime))
            return null;
        return (call, new Scene
        {
            Caller = caller,
            Now = now,
            Installation = installation,
            Accounts = accounts,
            Entropy = entropy,
            Vault = vault,
            SigningKeys = signingKeys,
            RealTime = realTime,
            Settings = settings,
            TrailFacts = archive.Facts,
            Request = request,
        });
    }

    private async ValueTask<IReadOnlyDictionary<AccountId, AccountDirectory>> LoadAsync(IEnumerable<AccountId> needed, AccountDirectory home, CancellationToken cancellationToken)
    {
        Dictionary<AccountId, AccountDirectory>? loaded = null;
        foreach (var account in needed)
        {
            if (account != home.Account && await directories.GetAsync(account, cancellationToken) is { } directory)
                (loaded ??= [])[account] = directory;
        }
        return loaded ?? NoAccounts;
    }

    private static readonly Dictionary<AccountId, AccountDirectory> NoAccounts = [];

    private async ValueTask<bool> CommitAsync(ApiRequest request, ActionCall call, Scene scene, IShape response, Changes? changes, Course course)
    {
        var events = AuditRecords.Of(request, scene, response, [.. call.ResourcesOf(scene)], entropy);
        if (changes is null)
        {
            if (events.Count == 1)
                await journal.AppendAsync(events[0]);
            else
                await journal.AppendAsync(events[0], events[1]);
            if (call.Forgets is { } node)
                await nodes.ForgetAsync(node, CancellationToken.None);
            return true;
        }
        var commit = new Commit
        {
            Id = Identifiers.Uuid(entropy),
            Set = changes.Set,
            Epoch = changes.Epoch,
            Reads = [.. changes.Reads, .. CallerGrounds.In(changes.Set, scene.Caller)],
            Puts = changes.Puts,
            Deletes = changes.Deletes,
            Claims = changes.Claims,
            Audit = [.. events, .. changes.Events],
        };
        var patience = Left(course) is var left && left < CommitPatience ? left > LeastPatience ? left : LeastPatience : CommitPatience;
        var outcome = (await directories.CommitAsync(commit, course.Life!, patience)).Outcome;
        return outcome != CommitOutcome.ClaimTaken ? outcome == CommitOutcome.Committed : throw changes.WhenClaimed!;
    }
}
