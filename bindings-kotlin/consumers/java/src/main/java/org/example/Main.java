package org.example;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.adjudica.AdjudicaException;
import org.adjudica.Decision;
import org.adjudica.LineDecision;
import org.adjudica.Options;
import org.adjudica.Request;
import org.adjudica.RuleSet;
import org.adjudica.TraceLevel;

public final class Main {
    private static final String SCHEME = """
        schema: adjudica/scheme@1
        code: small
        version: "1"
        currency: {code: USD, exponent: 2}
        catalogue:
          services: [{code: CONS, price: "100.00"}]
        facilities: [{code: HF1, level: health_centre}]
        products:
          - code: P1
            deductible: {general: {scope: insuree, amount: "30.00"}}
            benefits:
              - services: [CONS]
                cover: [{co_insurance: 80}]
        """;

    private static final String REQUEST = """
        {"claim": {"code": "C1", "date_from": "2025-03-01", "facility": "HF1", "lines": [
           {"id": "1", "kind": "service", "code": "CONS", "quantity": "1", "price": "100.00"}]},
         "patient": {"id": "P", "birth_date": "1990-01-01", "sex": "female"},
         "coverage": [{"policy": "POL", "product": "P1", "effective": "2025-01-01", "expiry": "2025-12-31",
           "memberships": [{"person": "P", "effective": "2025-01-01", "expiry": "2025-12-31"}]}]}
        """;

    public static void main(String[] arguments) {
        try (RuleSet rules = RuleSet.compile(SCHEME)) {
            Request request = Request.fromJson(REQUEST);
            Decision decision = rules.adjudicate(request, new Options(TraceLevel.FULL));
            System.out.println(decision.getClaim() + ": " + decision.getStatus());
            for (LineDecision line : decision.getLines()) {
                System.out.println("  line " + line.getId() + " pays " + line.getAmounts().getPayable());
            }

            rules.adjudicateEach(
                List.of(request, request),
                (one, place) -> System.out.println(place + ": " + one.getTotals().getPatientShare()),
                (error, place) -> System.out.println(place + ": " + error.getMessage()));

            String misspelt = REQUEST.replace("facility", "fasility");
            rules.adjudicateJson(misspelt.getBytes(StandardCharsets.UTF_8));
        } catch (AdjudicaException e) {
            System.out.println(e.getCode() + " at " + e.getPath() + ": " + e.getHelp());
        }
    }
}
