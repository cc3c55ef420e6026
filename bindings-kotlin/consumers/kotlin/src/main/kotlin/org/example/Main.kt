@file:JvmName("Main")

package org.example

import java.math.BigDecimal
import java.time.LocalDate
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.runBlocking
import org.adjudica.*

private val SCHEME =
    """
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
    """
        .trimIndent()

private fun request(price: String): Request =
    Request(
        claim =
            Claim(
                code = "C1",
                dateFrom = LocalDate.of(2025, 3, 1),
                facility = "HF1",
                lines =
                    listOf(
                        Line(
                            id = "1",
                            kind = ElementKind.SERVICE,
                            code = "CONS",
                            quantity = BigDecimal.ONE,
                            price = BigDecimal(price),
                        )
                    ),
            ),
        patient = Patient(id = "P", birthDate = LocalDate.of(1990, 1, 1), sex = Sex.FEMALE),
        coverage =
            listOf(
                Policy(
                    policy = "POL",
                    product = "P1",
                    effective = LocalDate.of(2025, 1, 1),
                    expiry = LocalDate.of(2025, 12, 31),
                    memberships =
                        listOf(
                            Membership(
                                person = "P",
                                effective = LocalDate.of(2025, 1, 1),
                                expiry = LocalDate.of(2025, 12, 31),
                            )
                        ),
                )
            ),
    )

fun main(): Unit = runBlocking {
    RuleSet.compile(SCHEME).use { rules ->
        val decision = rules.adjudicate(request("100.00"), Options(trace = TraceLevel.REASONS))
        println("${decision.claim}: ${decision.status}, the scheme pays ${decision.totals.schemeShare}")
        for (reason in decision.trace?.children.orEmpty().flatMap { it.facts }) {
            println("  ${reason.known} ${reason.values}")
        }

        for (result in rules.adjudicateMany(listOf(request("100.00"), request("1.234567")))) {
            result
                .onSuccess { println("${it.claim}: ${it.totals.patientShare} is left to the patient") }
                .onFailure { println((it as AdjudicaException).run { "$path: $code" }) }
        }

        val paid = rules.adjudicateFlow(List(1000) { request("100.00") }.asFlow()).count { it.isSuccess }
        println("$paid claims decided")
    }
}
